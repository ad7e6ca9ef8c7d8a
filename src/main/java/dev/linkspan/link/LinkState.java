package dev.linkspan.link;

import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

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

    /** Why an address isn't active. */
    public enum Cause {
        NONE,
        REFUSED,
        TIMED_OUT,
        /** There was no time to ask it. */
        NOT_ASKED,
        NO_ROUTE,
        UNKNOWN_HOST,
        TLS,
        WRONG_CERTIFICATE,
        LOST,
        NOT_THE_API,
        /** Our own networks' rules forbid to call it. */
        NOT_ALLOWED,
        /** It answered with an error. */
        ERROR,
        /** It answers, and doesn't trust our certificate. */
        NOT_TRUSTED;

        /** The name in our own API; empty for none. */
        public String wireName() {
            return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
        }

        static Cause of(PeerException.Reason reason) {
            return switch (reason) {
                case REFUSED -> REFUSED;
                case TIMED_OUT -> TIMED_OUT;
                case BUSY, NO_TIME -> NOT_ASKED;
                case NO_ROUTE -> NO_ROUTE;
                case UNKNOWN_HOST -> UNKNOWN_HOST;
                case TLS -> TLS;
                case WRONG_CERTIFICATE -> WRONG_CERTIFICATE;
                case LOST -> LOST;
                case NOT_THE_API -> NOT_THE_API;
                case NOT_ALLOWED -> NOT_ALLOWED;
            };
        }
    }

    /** How the link stands as a whole. */
    public enum Standing {
        /** At least one address trusts us; for a public link: answers. */
        ACTIVE,
        /** The peer answers and doesn't trust us: it has removed its side. */
        NOT_TRUSTED,
        /** No address shows the pinned certificate, and at least one shows another. */
        CERTIFICATE_CHANGED,
        UNREACHABLE;

        /** The name in our own API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One address.
     *
     * @param serverName the member that answered, as far as it says so; else empty
     * @param reason why it is unreachable, for people; else empty
     * @param shown fingerprint of the other certificate that was shown; else empty
     * @param took until the answer or the reason was there; null when we didn't wait for it
     */
    public record Address(
            String address, String serverName, Status status, Cause cause, String reason, String shown, Duration took) {
        static Address of(Probe.Result result) {
            if (result.answer() == null) {
                PeerException problem = result.problem();
                return new Address(
                        result.address(),
                        "",
                        Status.UNREACHABLE,
                        Cause.of(problem.reason()),
                        problem.getMessage(),
                        problem.shown(),
                        result.took());
            }
            return of(result.address(), result.answer(), result.took());
        }

        static Address of(String address, PeerAnswer answer, Duration took) {
            if (!answer.success() || answer.envelopeCode() != 200) {
                return new Address(address, "", Status.UNREACHABLE, Cause.ERROR, answer.error(), "", took);
            }
            return answer.trusted()
                    ? new Address(address, answer.serverName(), Status.ACTIVE, Cause.NONE, "", "", took)
                    : new Address(address, "", Status.UNAUTHENTICATED, Cause.NOT_TRUSTED, "", "", took);
        }
    }

    /** How a link of this type stands that has this state. */
    public Standing standing(LinkType type) {
        boolean answers = any(Status.UNAUTHENTICATED);
        if (any(Status.ACTIVE) || (answers && type == LinkType.PUBLIC)) {
            return Standing.ACTIVE;
        }
        if (answers) {
            return Standing.NOT_TRUSTED;
        }
        return addresses.stream().anyMatch(address -> address.cause() == Cause.WRONG_CERTIFICATE)
                ? Standing.CERTIFICATE_CHANGED
                : Standing.UNREACHABLE;
    }

    private boolean any(Status status) {
        return addresses.stream().anyMatch(address -> address.status() == status);
    }
}
