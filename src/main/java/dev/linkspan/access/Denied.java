package dev.linkspan.access;

/**
 * A caller was refused.
 *
 * @param entity what it was about; row 0 of a type other than the server when that doesn't exist
 */
public record Denied(Caller caller, EntityReference entity, String entitlement) {}
