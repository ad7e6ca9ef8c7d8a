package dev.linkspan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class PlaceholdersTest {

    private final Placeholders placeholders = new Placeholders(JsonNodeFactory.instance.objectNode());

    @Test
    void eventsOfOneRecordedSecondMayFallInTwo() {
        assertThat(placeholders.matches("{TIME_4}", "2026-11-29T01:55:59Z")).isTrue();

        assertThat(placeholders.matches("at {TIME_4}", "at 2026-11-29T01:56:00Z"))
                .isTrue();
        assertThat(placeholders.matches("at {TIME_4}", "at 2026-11-29T01:56:59Z"))
                .isFalse();
    }

    @Test
    void finerTimesAreTheSameEverywhere() {
        assertThat(placeholders.matches("{TIME_1}", "2026-11-29T01:55:59.000001Z"))
                .isTrue();

        assertThat(placeholders.matches("{TIME_1}", "2026-11-29T01:55:59.000001Z"))
                .isTrue();
        assertThat(placeholders.matches("{TIME_1}", "2026-11-29T01:55:59.000002Z"))
                .isFalse();
    }
}
