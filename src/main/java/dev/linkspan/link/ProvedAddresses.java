package dev.linkspan.link;

import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Which of the probed addresses showed the certificate and speak the API. */
final class ProvedAddresses {
    private static final String NONE = "Failed retrieving cluster certificate from any address: ";
    private static final int MOST_NAMED = 20;

    private ProvedAddresses() {}

    /**
     * The addresses that proved it, in order.
     *
     * @throws dev.linkspan.problem.ProblemException 400 saying of each address why not, when there is none
     */
    static List<String> of(List<Probe.Result> results) {
        List<String> proved = results.stream()
                .filter(Probe.Result::proved)
                .map(Probe.Result::address)
                .distinct()
                .toList();
        if (proved.isEmpty()) {
            throw Problem.LINK_CERTIFICATE_INVALID.with(NONE
                    + results.stream()
                            .limit(MOST_NAMED)
                            .map(ProvedAddresses::why)
                            .collect(Collectors.joining("\n")));
        }
        return proved;
    }

    private static String why(Probe.Result result) {
        String address = result.address();
        if (result.problem() == null) {
            String error = result.answer().success()
                    ? "the answer has no metadata"
                    : result.answer().error();
            return "Failed verifying \"%s\" is a LXD server: %s".formatted(address, error);
        }
        PeerException.Reason reason = result.problem().reason();
        return switch (reason) {
            case WRONG_CERTIFICATE -> "Certificate fingerprint mismatch for address \"%s\"".formatted(address);
            case NOT_THE_API ->
                "Failed verifying \"%s\" is a LXD server: %s"
                        .formatted(address, result.problem().getMessage());
            default -> unfetched(address, result.problem());
        };
    }

    /** Why no certificate was fetched from an address. */
    static String unfetched(String address, PeerException problem) {
        String why = problem.reason() == PeerException.Reason.REFUSED
                ? "Cannot connect to: %1$s (dial tcp %1$s: connect: connection refused)".formatted(address)
                : problem.getMessage();
        return "Failed retrieving certificate from \"%1$s\": Get \"https://%1$s\": %2$s".formatted(address, why);
    }
}
