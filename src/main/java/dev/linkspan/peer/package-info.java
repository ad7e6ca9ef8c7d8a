/**
 * The client for other clusters: connections pinned to one certificate, limited in time and size, and the few calls that
 * the link protocol needs.
 */
package dev.linkspan.peer;
