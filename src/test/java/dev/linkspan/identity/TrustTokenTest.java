package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.problem.ProblemException;
import dev.linkspan.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TrustTokenTest {
    private static final JsonNode VECTORS = Vectors.read("cluster-link-token");

    static Stream<JsonNode> valid() {
        return Vectors.stream(VECTORS.get("valid"));
    }

    static Stream<JsonNode> invalid() {
        return Vectors.stream(VECTORS.get("invalid"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void decodeWhenTokenIsValidThenEncodesToTheSameText(JsonNode vector) {
        String base64 = vector.get("base64").asString();
        assertThat(TrustToken.decode(base64).encode()).isEqualTo(base64);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void decodeWhenTokenIsInvalidThenRefusedAsRecorded(JsonNode vector) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TrustToken.decode(vector.get("token").asString()))
                .withMessage(Vectors.text(vector, "error"))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void encodeWhenTokenHasUnknownFieldsThenOnlyKnownOnesAreSent() {
        JsonNode vector = VECTORS.get("reencoding");
        assertThat(TrustToken.decode(vector.get("in_base64").asString()).encode())
                .isEqualTo(vector.get("sent_to_issuer_base64").asString());
    }

    @Test
    void decodeWhenLineBreaksAreInTheTextThenSkipped() {
        String base64 = VECTORS.get("valid").get(0).get("base64").asString();
        String broken = base64.substring(0, 40) + "\r\n" + base64.substring(40) + "\n";
        assertThat(TrustToken.decode(broken).encode()).isEqualTo(base64);
    }

    @Test
    void decodeWhenFirstByteIsNoJsonThenItIsNamed() {
        String junk = Base64.getEncoder().encodeToString(new byte[] {(byte) 0x8e, (byte) 0xe9, (byte) 0xe4});
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TrustToken.decode(junk))
                .withMessage("Invalid trust token: invalid character '\\u008e' looking for beginning of value");
    }

    @Test
    void decodeWhenJsonIsCutThenRefused() {
        String cut = Base64.getEncoder().encodeToString("{\"client_name\":".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TrustToken.decode(cut))
                .withMessage("Invalid trust token: unexpected end of JSON input");
    }

    @Test
    void toStringWhenLoggedThenHasNoSecret() {
        TrustToken token =
                TrustToken.decode(VECTORS.get("valid").get(0).get("base64").asString());
        assertThat(token.toString()).doesNotContain(token.secret());
    }
}
