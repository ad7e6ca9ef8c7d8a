package dev.linkspan.ui.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.ContactStatus;
import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    private static final Times TIMES = new Times(ZoneOffset.UTC, NOW);

    @Test
    void pendingUntilItsTokenExpires() {
        assertThat(pending(Duration.ofDays(15)))
                .isEqualTo(new Status("clock", Tone.NEUTRAL, "Pending", "until 7 Dec 14:05, 15\u00a0d\u00a0left"));
        assertThat(pending(Duration.ofMinutes(43)))
                .isEqualTo(new Status("clock-alert", Tone.CAUTION, "Pending", "token works for 43\u00a0min"));
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
    void aTokenThatWasRevokedIsNotOut() {
        LinkLine line = new LinkLine(new LinkOverview(link(LinkPhase.PENDING), List.of(), null, false), null);
        assertThat(LinkStatus.of(line, TIMES))
                .isEqualTo(new Status("clock-alert", Tone.CAUTION, "Pending", "token was revoked"));
        assertThat(LinkStatus.part(line, NOW)).isEqualTo(LinkStatus.Part.PENDING);
    }

    @Test
    void activeSaysHowManyAddressesAnswer() {
        assertThat(active(ContactStatus.ACTIVE, 2))
                .isEqualTo(new Status("circle-check", Tone.POSITIVE, "Active", "2 of 2 addresses"));
        assertThat(active(ContactStatus.ACTIVE, 1))
                .isEqualTo(new Status("circle-check", Tone.POSITIVE, "Active", "1 of 2 addresses", true));
    }

    @Test
    void aPublicPeerNeverKnowsUs() {
        LinkLine line = line(LinkType.PUBLIC, ContactStatus.ACTIVE, 1);
        assertThat(LinkStatus.of(line, TIMES))
                .isEqualTo(new Status("globe", Tone.NEUTRAL, "Unauthenticated", "expected when public"));
        assertThat(LinkStatus.part(line, NOW)).isEqualTo(LinkStatus.Part.ACTIVE);
    }

    @Test
    void aPeerThatDoesNotKnowUsHasRemovedItsSide() {
        assertThat(active(ContactStatus.NOT_TRUSTED, 2))
                .isEqualTo(new Status("user-round-x", Tone.NEGATIVE, "Not trusted", "peer removed its side"));
    }

    @Test
    void onlyAChangedCertificateIsAnAlarm() {
        assertThat(active(ContactStatus.CERTIFICATE_CHANGED, 0))
                .isEqualTo(
                        new Status("shield-alert", Tone.NEGATIVE, "Certificate changed", "since 13:05", false, true));
    }

    @Test
    void unreachableSaysSinceWhenAndWhy() {
        assertThat(active(ContactStatus.UNREACHABLE, 0).evidence()).isEqualTo("since 13:05, connection refused");
    }

    @Test
    void activeIsNotClaimedBeforeAProbeHasShownIt() {
        assertThat(status(LinkPhase.ACTIVE, null).word()).isEqualTo("Checking");
        assertThat(active(ContactStatus.UNKNOWN, 0).word()).isEqualTo("Checking");
    }

    @Test
    void whatNeedsAttention() {
        for (ContactStatus status : ContactStatus.values()) {
            boolean bad = status != ContactStatus.ACTIVE && status != ContactStatus.UNKNOWN;
            assertThat(LinkStatus.part(line(LinkType.BIDIRECTIONAL, status, 0), NOW) == LinkStatus.Part.ATTENTION)
                    .as(status.name())
                    .isEqualTo(bad);
        }
        assertThat(LinkStatus.part(new LinkLine(overview(LinkPhase.PENDING, NOW), null), NOW))
                .isEqualTo(LinkStatus.Part.ATTENTION);
    }

    private static Status pending(Duration left) {
        return status(LinkPhase.PENDING, NOW.plus(left));
    }

    private static Status status(LinkPhase phase, Instant expiry) {
        return LinkStatus.of(new LinkLine(overview(phase, expiry), null), TIMES);
    }

    private static Status active(ContactStatus status, int good) {
        return LinkStatus.of(line(LinkType.BIDIRECTIONAL, status, good), TIMES);
    }

    private static LinkLine line(LinkType type, ContactStatus status, int good) {
        LinkContact contact = new LinkContact(
                1, status, "connection refused", NOW.minus(Duration.ofHours(1)), good, 2, NOW, NOW, null, null, 0);
        ClusterLink link = new ClusterLink(1, "berlin", "", type, LinkPhase.ACTIVE, Map.of(), List.of(), 1, null);
        return new LinkLine(new LinkOverview(link, List.of(), null, false), contact);
    }

    private static LinkOverview overview(LinkPhase phase, Instant expiry) {
        return new LinkOverview(link(phase), List.of(), expiry, true);
    }

    private static ClusterLink link(LinkPhase phase) {
        return new ClusterLink(1, "berlin", "", LinkType.BIDIRECTIONAL, phase, Map.of(), List.of(), 1, null);
    }
}
