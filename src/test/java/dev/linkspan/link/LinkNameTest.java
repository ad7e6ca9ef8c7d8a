package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LinkNameTest {
    static Stream<JsonNode> names() {
        return Vectors.stream(Vectors.read("cluster-link-names").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void checkedWhenNameIsGivenThenAsRecorded(JsonNode vector) {
        String name = vector.get("name").asString();
        if (vector.get("valid").asBoolean()) {
            assertThat(LinkName.checked(name)).isEqualTo(name);
        } else {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> LinkName.checked(name))
                    .withMessage(Vectors.text(vector, "error"))
                    .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
        }
    }

    @Test
    void checkedWhenThereIsANullCharacterThenRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> LinkName.checked("a\0b"))
                .withMessage("The name contains a null character");
    }
}
