/**
 * The API under {@code /1.0}, wire-compatible with LXD's: one resource class per family of endpoints, and the servlet
 * that checks every request in the order of auth.md 1.3 and puts answers and problems into the envelope.
 */
package dev.linkspan.rest;
