package dev.linkspan.rest;

/** A family of endpoints. */
interface Resource {
    /** Says which paths and methods it serves. */
    void register(Routes routes);
}
