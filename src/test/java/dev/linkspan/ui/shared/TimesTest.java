package dev.linkspan.ui.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");

    private final Times times = new Times(ZoneId.of("Europe/Berlin"), NOW);

    @Test
    void pointsInTimeAreInTheReadersZone() {
        assertThat(times.at(Instant.parse("2026-12-07T13:05:00Z"))).isEqualTo("7 Dec 14:05");
        assertThat(times.exactly(Instant.parse("2026-12-07T13:05:00Z"))).isEqualTo("7 Dec 2026 14:05");
    }

    @Test
    void anotherYearIsSaid() {
        assertThat(times.at(Instant.parse("2027-01-01T00:30:00Z"))).isEqualTo("1 Jan 2027 01:30");
    }

    @Test
    void shortTimesAreRoundedDown() {
        assertThat(between(Duration.ofSeconds(8))).isEqualTo("8\u00a0s");
        assertThat(between(Duration.ofMinutes(43).plusSeconds(59))).isEqualTo("43\u00a0min");
        assertThat(between(Duration.ofHours(5).plusMinutes(58))).isEqualTo("5\u00a0h\u00a058\u00a0min");
        assertThat(between(Duration.ofHours(1).plusSeconds(20))).isEqualTo("1\u00a0h");
        assertThat(between(Duration.ofHours(20).plusMinutes(58))).isEqualTo("20\u00a0h");
        assertThat(between(Duration.ofDays(14).plusHours(22))).isEqualTo("14\u00a0d");
    }

    @Test
    void whatIsLeftIsSpelledOut() {
        assertThat(left(Duration.ofDays(14).plusHours(22))).isEqualTo("14 days 22 hours left");
        assertThat(left(Duration.ofDays(1))).isEqualTo("1 day left");
        assertThat(left(Duration.ofHours(1).plusMinutes(1))).isEqualTo("1 hour 1 minute left");
        assertThat(left(Duration.ofMinutes(2))).isEqualTo("2 minutes left");
        assertThat(left(Duration.ofSeconds(2))).isEqualTo("less than a minute left");
    }

    private String between(Duration duration) {
        return times.between(NOW.plus(duration));
    }

    private String left(Duration duration) {
        return times.betweenInFull(NOW.plus(duration));
    }
}
