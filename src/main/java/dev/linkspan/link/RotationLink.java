package dev.linkspan.link;

/**
 * How one link, or one cluster that links to us, stands with our next certificate.
 *
 * @param name of the link, or of the identity of a cluster that links to us one way
 * @param incoming whether it is the latter
 * @param detail why, and what to do; empty when all is well
 */
public record RotationLink(String name, LinkType type, boolean incoming, RotationResult result, String detail) {}
