package dev.linkspan.rest;

/** Serves one method of one path. */
@FunctionalInterface
interface Endpoint {
    Answer answer(ApiRequest request);
}
