package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Vectors;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class AddressRefreshTest {
    static Stream<JsonNode> members() {
        return Vectors.stream(
                Vectors.read("cluster-link-addresses").get("refresh").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("members")
    void addressesWhenMembersAreNamedThenAsRecorded(JsonNode vector) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        vector.get("member_urls").forEach(url -> list.addObject().set("url", url));
        List<String> known = texts(vector.get("current"));

        List<String> wanted = AddressRefresh.named(list);

        assertThat(wanted).isEqualTo(texts(vector.get("new_addresses")));
        boolean changed = AddressRefresh.changed(known, wanted);
        assertThat(changed).isEqualTo(vector.get("changed").asBoolean());
        List<String> kept = AddressRefresh.kept(known, wanted, Set.copyOf(wanted));
        assertThat(changed && !kept.isEmpty() ? kept : known)
                .isEqualTo(List.of(
                        vector.get("stored_if_verification_passes").asString().split(",")));
    }

    private static List<String> texts(JsonNode list) {
        return Vectors.stream(list).map(JsonNode::asString).toList();
    }
}
