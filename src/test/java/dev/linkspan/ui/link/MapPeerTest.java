package dev.linkspan.ui.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a cluster that only calls us nothing is known but when it did. */
class MapPeerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final Times TIMES = new Times(ZoneOffset.UTC, NOW);
    private static final Instant END = Instant.parse("2036-12-07T00:00:00Z");

    private static MapPeer peer(Instant certificateEnd, Instant called) {
        return MapPeer.of(
                new IdentityOverview(
                        1, "tls", IdentityType.CLUSTER_LINK, "ab12", "lab", certificateEnd, false, List.of()),
                called,
                TIMES);
    }

    @Test
    void incomingWhenItNeverCalledThenIsNotSeenYet() {
        assertThat(peer(END, null).status())
                .isEqualTo(new Status("circle-dashed", Tone.NEUTRAL, "Not seen yet", "certificate until 7 Dec 2036"));
    }

    @Test
    void incomingWhenItCalledLatelyThenIsActive() {
        MapPeer peer = peer(END, NOW.minusSeconds(60));
        assertThat(peer.status()).isEqualTo(new Status("circle-check", Tone.POSITIVE, "Active", "1\u00a0min\u00a0ago"));
        assertThat(peer.why()).isEqualTo("certificate until 7 Dec 2036");
    }

    @Test
    void incomingWhenItIsSilentThenSaysWhenItWasLastSeen() {
        assertThat(peer(END, NOW.minus(Duration.ofDays(3))).status())
                .isEqualTo(new Status("circle-dashed", Tone.NEUTRAL, "Last seen", "19 Nov 14:05"));
    }

    @Test
    void incomingWhenItsCertificateExpiredThenSaysSo() {
        assertThat(peer(NOW.minusSeconds(1), NOW.minusSeconds(60)).status().tone())
                .isEqualTo(Tone.CAUTION);
    }
}
