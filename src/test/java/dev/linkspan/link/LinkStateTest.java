package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.testing.Vectors;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LinkStateTest {
    /** Those with an answer; what has none is in {@code LinkManagementIT}. */
    static Stream<JsonNode> answered() {
        return Vectors.stream(Vectors.read("cluster-link-state").get("cases"))
                .filter(vector -> vector.get("probe").isObject());
    }

    @ParameterizedTest
    @MethodSource("answered")
    void addressWhenAnsweredThenAsRecorded(JsonNode vector) {
        JsonNode probe = vector.get("probe");
        LinkState.Address address = LinkState.Address.of(
                "10.0.0.1:8443", new PeerAnswer(probe.get("http").asInt(), probe.get("body")), Duration.ZERO);
        assertThat(address.status().wireName()).isEqualTo(vector.get("status").asString());
        assertThat(address.serverName()).isEqualTo(vector.get("server_name").asString());
    }

    static Stream<JsonNode> stored() {
        return Vectors.stream(
                Vectors.read("cluster-link-addresses").get("split_for_state").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void addressesWhenStoredThenAskedAsRecorded(JsonNode vector) {
        String stored =
                String.join(",", LinkConfig.addresses(vector.get("value").asString()));
        ClusterLink link = LinkRows.link(1, "x", "", "BIDIRECTIONAL", "ACTIVE", "{}", stored, 1, null, null);
        assertThat(LinkService.asked(link))
                .isEqualTo(Vectors.stream(vector.get("addresses"))
                        .map(JsonNode::asString)
                        .toList());
    }
}
