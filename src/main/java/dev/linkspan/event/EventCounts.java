package dev.linkspan.event;

/**
 * How many events there are.
 *
 * @param lifecycle of the lifecycle
 * @param security those for whoever watches over security
 * @param warnings those of them that are warnings
 */
public record EventCounts(int lifecycle, int security, int warnings) {
    public int all() {
        return lifecycle + security;
    }
}
