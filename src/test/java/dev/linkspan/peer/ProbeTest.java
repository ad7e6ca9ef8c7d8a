package dev.linkspan.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.tls.ClusterCertificate;
import dev.linkspan.tls.PinnedCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final int MANY = 300;

    @Test
    void whatThereWasNoTimeForIsToldFromWhatStayedSilent() throws IOException {
        PinnedCertificate pin = new PinnedCertificate(List.of("0".repeat(64)));
        try (ServerSocket silent = new ServerSocket(0, MANY);
                PeerConnection connection = new PeerConnection(
                        ClusterCertificate.anonymousContext(pin),
                        pin,
                        new Networks(Networks.parse(""), Networks.parse("")),
                        new Semaphore(MANY))) {
            List<String> addresses = IntStream.range(0, MANY)
                    .mapToObj(i -> "127.0.%d.%d:%d".formatted(1 + i / 200, 1 + i % 200, silent.getLocalPort()))
                    .toList();
            Map<PeerException.Reason, Long> reasons =
                    Probe.all(connection, addresses, Duration.ofSeconds(2), Duration.ZERO).stream()
                            .collect(Collectors.groupingBy(
                                    result -> result.problem().reason(), Collectors.counting()));
            assertThat(reasons.keySet())
                    .containsExactlyInAnyOrder(PeerException.Reason.TIMED_OUT, PeerException.Reason.NO_TIME);
            assertThat(reasons.get(PeerException.Reason.TIMED_OUT)).isBetween(150L, 250L);
        }
    }
}
