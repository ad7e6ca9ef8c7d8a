package dev.linkspan.link;

import java.util.List;

/** What each address of a peer answers now (cluster-links.md 1.9). */
public record LinkState(List<Address> addresses) {
    /** What an address answered, in the words of the API. */
    public enum Status {
        ACTIVE("Active"),
        UNAUTHENTICATED("Unauthenticated"),
        UNREACHABLE("Unreachable");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /**
     * One address.
     *
     * @param serverName the member that answered, as far as it says so; else empty
     * @param reason why it is unreachable, for people; else empty
     */
    public record Address(String address, String serverName, Status status, String reason) {}
}
