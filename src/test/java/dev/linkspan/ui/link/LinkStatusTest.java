package dev.linkspan.ui.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkState;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");

    @Test
    void pendingUntilItsTokenExpires() {
        assertThat(pending(Duration.ofDays(15)))
                .isEqualTo(new Status("clock", Tone.NEUTRAL, "Pending", "until 7 Dec 14:05, 15 d left"));
        assertThat(pending(Duration.ofMinutes(43)))
                .isEqualTo(new Status("clock-alert", Tone.CAUTION, "Pending", "token works for 43 min"));
        assertThat(pending(Duration.ZERO))
                .isEqualTo(new Status("timer-off", Tone.CAUTION, "Expired", "token was not used"));
    }

    @Test
    void pendingWithoutExpiry() {
        assertThat(status(LinkPhase.PENDING, null).evidence()).isEqualTo("token does not expire");
    }

    @Test
    void activatingIsNoTrustYet() {
        assertThat(status(LinkPhase.ACTIVATING, NOW.plusSeconds(60)).word()).isEqualTo("Activating");
    }

    @Test
    void activeSaysHowManyAddressesAnswer() {
        assertThat(active(LinkState.Status.ACTIVE, LinkState.Status.ACTIVE))
                .isEqualTo(new Status("circle-check", Tone.POSITIVE, "Active", "2 of 2 addresses"));
        assertThat(active(LinkState.Status.ACTIVE, LinkState.Status.UNREACHABLE))
                .isEqualTo(new Status("circle-check", Tone.POSITIVE, "Active", "1 of 2 addresses", true));
    }

    @Test
    void aPeerThatDoesNotKnowUsHasRemovedItsSide() {
        assertThat(active(LinkState.Status.UNAUTHENTICATED, LinkState.Status.UNREACHABLE))
                .isEqualTo(new Status("user-round-x", Tone.NEGATIVE, "Not trusted", "peer removed its side"));
    }

    @Test
    void unreachableSaysWhy() {
        assertThat(active(LinkState.Status.UNREACHABLE).evidence()).isEqualTo("connection refused");
        assertThat(active(LinkState.Status.UNREACHABLE, LinkState.Status.UNREACHABLE)
                        .evidence())
                .isEqualTo("0 of 2 addresses");
    }

    @Test
    void activeIsNotClaimedBeforeAnAddressHasAnswered() {
        assertThat(status(LinkPhase.ACTIVE, null).word()).isEqualTo("Checking");
    }

    private static Status pending(Duration left) {
        return status(LinkPhase.PENDING, NOW.plus(left));
    }

    private static Status status(LinkPhase phase, Instant expiry) {
        return LinkStatus.of(link(phase, expiry), Optional.empty(), new Times(ZoneOffset.UTC, NOW));
    }

    private static Status active(LinkState.Status... answers) {
        LinkState state = new LinkState(Arrays.stream(answers)
                .map(answer -> new LinkState.Address(
                        "10.0.0.1:8443", "", answer, LinkState.Cause.REFUSED, "connection refused", ""))
                .toList());
        return LinkStatus.of(link(LinkPhase.ACTIVE, null), Optional.of(state), new Times(ZoneOffset.UTC, NOW));
    }

    private static LinkOverview link(LinkPhase phase, Instant expiry) {
        return new LinkOverview(
                new ClusterLink(1, "berlin", "", LinkType.BIDIRECTIONAL, phase, Map.of(), List.of(), 1, null),
                List.of(),
                expiry,
                expiry != null);
    }
}
