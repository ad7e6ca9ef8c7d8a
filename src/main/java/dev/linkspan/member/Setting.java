package dev.linkspan.member;

import java.time.Instant;

/**
 * One key of the server's configuration.
 *
 * @param value as it is set; empty when it isn't, and always for a secret
 * @param standard what counts while it isn't set; empty when that is nothing, or no fixed value
 * @param set whether it is set
 * @param secret whether its value is never shown
 * @param ofMember whether each member has a value of its own
 * @param fixed whether nobody can change it
 * @param changedAt when it was changed last; null when it never was, or when that isn't known
 * @param username of who changed it then; empty for the server itself
 * @param protocol how that caller authenticated
 * @param address {@code host:port} of that caller
 */
public record Setting(
        String key,
        String value,
        String standard,
        boolean set,
        boolean secret,
        boolean ofMember,
        boolean fixed,
        Instant changedAt,
        String username,
        String protocol,
        String address) {
    /** What to set it to so that it is as it was at first. */
    public String reset() {
        return key.equals(Configuration.HTTPS_ADDRESS) ? standard : "";
    }

    /** Whether it is as it was at first. */
    public boolean atStandard() {
        return !set || !standard.isEmpty() && value.equals(standard);
    }
}
