package dev.linkspan.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.Vectors;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class CertificatesTest {
    static Stream<JsonNode> certificates() {
        return Vectors.stream(Vectors.read("cluster-link-certificates").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void parseWhenPemIsGivenThenAsRecorded(JsonNode vector) {
        String pem = vector.get("pem").asString();
        if (vector.has("error")) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> Certificates.parse(pem))
                    .withMessage(Vectors.text(vector, "error"));
        } else {
            assertThat(Certificates.fingerprint(Certificates.parse(pem)))
                    .isEqualTo(vector.get("fingerprint").asString());
        }
    }

    @Test
    void generateWhenNameIsGivenThenItIsTheFirstAlternativeName() throws Exception {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        KeyAndCertificate pair =
                KeyAndCertificate.generate("berlin", List.of("127.0.0.1", "::1", "berlin.example"), now);
        assertThat(pair.certificate().getSubjectAlternativeNames().stream().map(name -> name.get(1)))
                .map(Object::toString)
                .containsExactly("berlin", "127.0.0.1", "0:0:0:0:0:0:0:1", "berlin.example");
        assertThat(pair.certificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(pair.certificate().getNotAfter().toInstant()).isAfter(Instant.parse("2036-11-18T00:00:00Z"));
        assertThat(Certificates.parse(Certificates.pem(pair.certificate()))).isEqualTo(pair.certificate());
    }
}
