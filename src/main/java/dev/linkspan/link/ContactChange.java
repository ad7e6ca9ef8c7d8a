package dev.linkspan.link;

import java.time.Instant;

/** A link's status changed. */
public record ContactChange(Instant at, ContactStatus status, String reason) {}
