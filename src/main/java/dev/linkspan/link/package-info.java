/**
 * Cluster links: how each comes to be, one small class a step; their configuration and state; and the reconciler that
 * finishes what was begun.
 */
package dev.linkspan.link;
