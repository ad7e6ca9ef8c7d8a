package dev.linkspan.event;

/**
 * How many events there are.
 *
 * @param lifecycle of the lifecycle
 * @param security those for whoever watches over security
 * @param warnings those of them that are warnings
 * @param once all but those for security that were recorded along with one of the lifecycle
 */
public record EventCounts(int lifecycle, int security, int warnings, int once) {
    public int all() {
        return lifecycle + security;
    }
}
