package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.Vectors;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ETagsTest {
    static Stream<JsonNode> tags() {
        return Vectors.stream(Vectors.read("cluster-link-etag").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("tags")
    void ofLinkWhenDescriptionAndConfigAreGivenThenAsRecorded(JsonNode vector) {
        SortedMap<String, String> config = new TreeMap<>();
        vector.get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asString()));
        assertThat("\"" + ETags.ofLink(vector.get("description").asString(), config) + "\"")
                .isEqualTo(vector.get("etag_header").asString());
    }

    @Test
    void requireWhenQuotesAreMissingThenStillCompared() {
        assertThatCode(() -> ETags.require("abc", "abc")).doesNotThrowAnyException();
        assertThatCode(() -> ETags.require("\"abc\"", "abc")).doesNotThrowAnyException();
        assertThatCode(() -> ETags.require(null, "abc")).doesNotThrowAnyException();
        assertThatCode(() -> ETags.require("", "abc")).doesNotThrowAnyException();
    }

    @Test
    void requireWhenTagDiffersThenRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ETags.require("*", "abc"))
                .withMessageStartingWith("ETag does not match: abc vs *.")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(412));
    }
}
