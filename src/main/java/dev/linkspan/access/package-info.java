/**
 * Who calls and what the caller may do: {@code Caller}, the authorization model and its one checker, and the snapshot
 * of identities, groups and permissions that every request is checked against.
 */
package dev.linkspan.access;
