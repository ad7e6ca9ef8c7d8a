package dev.linkspan.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.Vectors;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TokenExpiryTest {
    static Stream<JsonNode> expressions() {
        return Vectors.stream(
                Vectors.read("cluster-link-token").get("expiry_expressions").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void parseWhenExpressionIsGivenThenAsRecorded(JsonNode vector) {
        String expression = vector.get("in").asString();
        if (vector.get("valid").asBoolean()) {
            assertThat(TokenExpiry.parse(expression).from(Instant.EPOCH)).isAfter(Instant.EPOCH);
        } else {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> TokenExpiry.parse(expression))
                    .withMessage(Vectors.text(vector, "error"));
        }
    }

    @Test
    void fromWhenMonthsAreAddedThenByTheCalendar() {
        Instant start = Instant.parse("2026-01-31T10:00:00Z");
        assertThat(TokenExpiry.parse("1m 2H").from(start)).isEqualTo(Instant.parse("2026-02-28T12:00:00Z"));
    }
}
