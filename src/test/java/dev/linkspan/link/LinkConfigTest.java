package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.Vectors;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LinkConfigTest {
    static Stream<JsonNode> configs() {
        return Vectors.stream(Vectors.read("cluster-link-config").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void checkWhenConfigIsGivenThenAsRecorded(JsonNode vector) {
        Map<String, String> config = new TreeMap<>();
        vector.get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asString()));
        if (vector.get("valid").asBoolean()) {
            assertThatCode(() -> LinkConfig.check(config)).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> LinkConfig.check(config))
                    .withMessage(Vectors.text(vector, "error"))
                    .satisfies(problem -> assertThat(problem.status()).isEqualTo(500));
        }
    }
}
