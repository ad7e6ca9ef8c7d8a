package dev.linkspan.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Vectors;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class AddressesTest {
    private static final JsonNode VECTORS = Vectors.read("cluster-link-addresses");

    static Stream<JsonNode> canonical() {
        return Vectors.stream(VECTORS.get("canonicalise").get("cases"));
    }

    static Stream<JsonNode> listening() {
        return Vectors.stream(VECTORS.get("listen_addresses").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void canonicalWhenAddressIsGivenThenAsRecorded(JsonNode vector) {
        assertThat(Addresses.canonical(vector.get("in").asString()))
                .isEqualTo(vector.get("out").asString());
    }

    @ParameterizedTest
    @MethodSource("listening")
    void reachableWhenListeningThenAsRecorded(JsonNode vector) {
        List<InetAddress> interfaces = Vectors.stream(
                        VECTORS.get("listen_addresses").get("interfaces"))
                .map(pair -> InetAddress.ofLiteral(pair.get(1).asString()))
                .toList();
        String listen = vector.get("in").asString();
        List<String> expected =
                Vectors.stream(vector.get("out")).map(JsonNode::asString).toList();
        String canonical = listen.isEmpty() ? "" : Addresses.canonical(listen);
        assertThat(Addresses.reachable(canonical, interfaces)).isEqualTo(expected);
    }
}
