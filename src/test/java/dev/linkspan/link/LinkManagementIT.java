package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.link.BothSides.Way;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What people do with links that exist: look closer, edit, rename, revoke tokens, delete with and without a word. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedServer.class)
@Timeout(90)
class LinkManagementIT {
    private static final String LINKS = BothSides.LINKS;
    private static final String OWN = "/1.0/linkspan/cluster-links/";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String UNKNOWN_SECRET = "Failed during search for pending identity: Failed finding a matching"
            + " pending identity: No pending identities found with given secret";

    private static BothSides active(String name, Way way, int addresses) {
        BothSides link = SharedServer.link("manage-" + name + "-" + way, way);
        for (int i = 1; i < addresses; i++) {
            link.peer().addAddress();
        }
        Answer answer = link.consume();
        assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
        return link;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
        return answer;
    }

    private static ApiClient admin() {
        return SharedServer.admin();
    }

    // ---- State

    private static String standing(BothSides link) {
        JsonNode state = done(admin().get(OWN + link.link() + "/state")).metadata();
        StringBuilder shown = new StringBuilder(state.path("standing").asString());
        state.path("addresses").forEach(address -> shown.append(' ')
                .append(address.path("status").asString())
                .append('/')
                .append(address.path("cause").asString()));
        return shown.toString();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void stateSaysOfEachAddressWhy(Way way) {
        try (BothSides link = active("why", way, 3)) {
            assertThat(standing(link)).isEqualTo("active Active/ Active/ Active/");
            List<String> addresses = link.peer().addresses();
            assertThat(link.addresses()).isEqualTo(addresses);

            var other = TestCertificates.lxdServer("other");
            link.peer().address().present(other);
            assertThat(standing(link)).isEqualTo("active Unreachable/wrong_certificate Active/ Active/");
            JsonNode first = admin().get(OWN + link.link() + "/state")
                    .metadata()
                    .path("addresses")
                    .path(0);
            assertThat(first.path("shown_fingerprint").asString()).isEqualTo(other.fingerprint());
            assertThat(first.path("reason").asString()).isEqualTo("another certificate was shown");

            link.peer().denyTrust(true);
            assertThat(standing(link))
                    .isEqualTo("not_trusted Unreachable/wrong_certificate Unauthenticated/not_trusted"
                            + " Unauthenticated/not_trusted");
            link.peer().on("GET", "/1.0").always(Fault.refuse(503, "Out of order"));
            assertThat(standing(link))
                    .isEqualTo("certificate_changed Unreachable/wrong_certificate Unreachable/error Unreachable/error");
        }
    }

    @Test
    void stateWhenPeerIsGoneThenUnreachable() {
        try (BothSides link = active("gone", Way.ONE, 1)) {
            link.peer().on("GET", "/1.0").always(Fault.html());
            assertThat(standing(link)).isEqualTo("unreachable Unreachable/not_the_api");
            link.peer().address().hangUp();
            assertThat(standing(link)).startsWith("unreachable Unreachable/");
            link.peer().close();
            assertThat(standing(link)).isEqualTo("unreachable Unreachable/refused");
        }
    }

    // ---- Tokens

    @Test
    void revokeWhenPendingThenTheTokenDiesAndTheLinkStays() {
        try (BothSides link = SharedServer.link("manage-revoked")) {
            TrustTokenText token = link.issue();
            String path = OWN + link.link();
            assertThat(admin().get(path).metadata().path("token_out").asBoolean())
                    .isTrue();

            done(admin().delete(path + "/token"));

            assertThat(link.peer().activate(token).error()).isEqualTo(UNKNOWN_SECRET);
            assertThat(link.peer().connections()).isZero();
            link.assertStillPending();
            JsonNode facts = admin().get(path).metadata();
            assertThat(facts.path("token_out").asBoolean()).isFalse();
            assertThat(facts.has("token_expires_at")).isFalse();
            Answer again = admin().delete(path + "/token");
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.error())
                    .isEqualTo("Cluster link \"manage-revoked\" has no trust token that could be revoked");

            TrustTokenText fresh =
                    TrustTokenText.of(done(admin().post(path + "/token", null)).metadata());
            assertThat(link.peer().activate(fresh).status()).isEqualTo(201);
        }
    }

    @Test
    void tokenOfAUnidirectionalLinkWhenSentAsActivationThenAnUnrelatedLinkIsUntouched() {
        try (BothSides victim = active("namesake", Way.ONE, 1);
                ScriptedPeer holder = ScriptedPeer.start("holder")) {
            Answer pending = done(admin().post(LINKS, Map.of("name", victim.link(), "type", "unidirectional")));
            TrustTokenText token = TrustTokenText.of(pending.metadata());
            String before = victim.get().text();

            Answer answer = holder.activate(token);

            assertThat(answer.status()).as("%s", answer).isEqualTo(404);
            assertThat(answer.error())
                    .isEqualTo("Failed loading cluster link: Failed loading cluster link: Cluster link not found");
            assertThat(victim.get().text()).isEqualTo(before);
            assertThat(victim.weTrust(holder.certificate())).isFalse();
            assertThat(holder.connections()).isZero();
            // And the token is still good for what it is for.
            assertThat(SharedServer.server()
                            .https()
                            .as(holder.certificate())
                            .post("/1.0/auth/identities/tls", Map.of("trust_token", token.encode()))
                            .status())
                    .isEqualTo(201);
        }
    }

    /** A stock issuer accepts it, and its own link then waits for ever. It goes along with ours. */
    @Test
    void tokenOfABidirectionalLinkWhenUsedOneWayThenWorksAndNothingOfItOutlivesTheLink() {
        try (BothSides link = SharedServer.link("manage-used-one-way", Way.ONE)) {
            Answer made = link.consume(link.peer().issueToken(link.link()));
            assertThat(made.status()).as("%s", made).isEqualTo(Way.ONE.made());
            link.awaitBothActive(SOON);
            assertThat(link.peer().link(link.link())).contains(List.of());
            assertThat(standing(link)).isEqualTo("active Active/");

            assertThat(end(link)).isEqualTo("told, nothing, ");

            link.awaitNeither(SOON);
            assertThat(link.peer().link(link.link())).isEmpty();
            assertThat(link.consume(link.peer().issueToken(link.link())).status())
                    .isEqualTo(Way.ONE.made());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void tokenOfTheOtherTypeWhenTheIssuerRefusesThenNeitherAndItStaysGood(Way way) {
        try (BothSides link = SharedServer.link("manage-other-type-" + way, way)) {
            // A stock issuer refuses only one of the two: the other one is a Linkspan's answer.
            TrustTokenText token = way == Way.BOTH
                    ? link.peer().issueOneWayToken(link.link())
                    : link.peer().issueToken(link.link());
            if (way == Way.ONE) {
                link.onActivation().once(Fault.refuse(500, UNKNOWN_SECRET));
            }

            Answer answer = link.consume(token);

            assertThat(answer.status()).as("%s", answer).isEqualTo(way == Way.BOTH ? 404 : 500);
            link.awaitNeither(SOON);
            assertThat(link.peer().pendingLinks()).contains(link.link());
        }
    }

    // ---- Edit and rename

    @ParameterizedTest
    @EnumSource(Way.class)
    void editAndRenameWhenActiveThenTheLinkGoesOn(Way way) {
        try (BothSides link = active("edited", way, 1)) {
            String path = LINKS + "/" + link.link();
            String tag = link.get().etag();
            Map<String, String> config =
                    Map.of("user.note", "x", "volatile.addresses", String.join(",", link.addresses()));
            done(admin().put(path, Map.of("description", "new", "config", config), "If-Match: " + tag));
            assertThat(admin().put(path, Map.of("description", "late", "config", config), "If-Match: " + tag)
                            .status())
                    .isEqualTo(412);
            assertThat(admin().put(path, Map.of("description", "x", "config", Map.of()))
                            .error())
                    .isEqualTo("Volatile configuration keys cannot be modified");

            done(admin().post(path, Map.of("name", link.link() + "-renamed")));
            assertThat(admin().get(path).status()).isEqualTo(404);
            assertThat(admin().get(path + "-renamed/state").metadata().toString())
                    .contains("\"Active\"");
            done(admin().delete(path + "-renamed"));
        }
    }

    /** Every kind of link, at every address of ours that has its name in it. */
    @Test
    void namesWithOddCharacters() {
        for (String name : List.of("a:b", "two words", "100%", "a#b", "\"quoted\" 'too'")) {
            String path = LINKS + "/" + EntityUrl.encode(name);
            String own = OWN + EntityUrl.encode(name);
            for (Way way : Way.values()) {
                try (BothSides link = SharedServer.link(name, way)) {
                    assertThat(link.consume().status()).as(name).isEqualTo(way.made());
                    assertThat(admin().get(path).metadata().path("name").asString())
                            .isEqualTo(name);
                    assertThat(admin().get(path + "/state").metadata().toString())
                            .contains("\"Active\"");
                    assertThat(done(admin().get(own + "/state"))
                                    .metadata()
                                    .path("standing")
                                    .asString())
                            .isEqualTo("active");
                    assertThat(done(admin().get(own + "/events")).metadata().toString())
                            .contains("\"source\":\"" + path + "\"");
                    assertPermissionOn(path);
                    assertThat(done(admin().delete(own)).metadata().path("peer").asString())
                            .isEqualTo("told");
                }
            }
            try (ScriptedPeer peer = ScriptedPeer.start("odd")) {
                Map<String, Object> body = Map.of(
                        "name",
                        name,
                        "type",
                        "public",
                        "remote_address",
                        peer.address().address());
                done(admin().post(LINKS, body));
                assertThat(done(admin().get(own)).metadata().path("phase").asString())
                        .isEqualTo("pending");
                done(admin().delete(path));
            }
        }
    }

    private static void assertPermissionOn(String link) {
        Map<String, Object> permission = Map.of("entity_type", "cluster_link", "url", link, "entitlement", "can_view");
        done(admin().post("/1.0/auth/groups", Map.of("name", "odd link", "permissions", List.of(permission))));
        assertThat(done(admin().get("/1.0/auth/groups/odd%20link"))
                        .metadata()
                        .path("permissions")
                        .path(0)
                        .path("url")
                        .asString())
                .isEqualTo(link);
        done(admin().delete("/1.0/auth/groups/odd%20link"));
    }

    // ---- Deleting

    private static String end(BothSides link) {
        JsonNode end = done(admin().delete(OWN + link.link())).metadata();
        assertThat(link.get().status()).isEqualTo(404);
        return end.path("peer").asString() + ", " + end.path("remains").asString() + ", "
                + end.path("detail").asString();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deleteWhenThePeerAllowsItThenNothingRemains(Way way) {
        try (BothSides link = active("told", way, 2)) {
            link.peer().address().hangUp();
            assertThat(end(link)).isEqualTo("told, nothing, ");
            link.awaitNeither(SOON);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deleteWhenTheAnswerIsLostThenAskedAgain(Way way) {
        try (BothSides link = active("lost", way, 1)) {
            link.peer()
                    .on(
                            "DELETE",
                            "/1.0/auth/identities/tls/" + SharedServer.server().fingerprint())
                    .always(Fault.commitThenReset());
            assertThat(end(link)).isEqualTo("told, nothing, ");
            link.awaitNeither(SOON);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deleteWhenThePeerRefusesThenSaysWhatRemains(Way way) {
        try (BothSides link = active("refused", way, 1)) {
            link.peer()
                    .on(
                            "DELETE",
                            "/1.0/auth/identities/tls/" + SharedServer.server().fingerprint())
                    .always(Fault.refuse(403, "Not yours"));
            assertThat(end(link)).isEqualTo("refused, " + (way == Way.BOTH ? "link" : "identity") + ", Not yours");
            assertThat(link.weTrust(link.peer().certificate())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deleteWhenThePeerIsDeadThenSaysWhatRemains(Way way) {
        try (BothSides link = active("dead", way, 1)) {
            link.peer().close();
            assertThat(end(link))
                    .isEqualTo("unreachable, " + (way == Way.BOTH ? "link" : "identity") + ", connection refused");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void deleteWhenThePeerDeletedItsSideThenNothingRemains(Way way) {
        try (BothSides link = active("ended", way, 1)) {
            link.peer().forget(SharedServer.server().fingerprint());
            assertThat(standing(link)).isEqualTo("not_trusted Unauthenticated/not_trusted");
            assertThat(end(link)).isEqualTo("gone, nothing, ");
            // The same name links to the same cluster again.
            assertThat(link.consume().status()).isEqualTo(way.made());
        }
    }

    @Test
    void deleteWhenNobodyUsedTheTokenThenThereIsNobodyToTell() {
        try (BothSides link = SharedServer.link("manage-unused")) {
            TrustTokenText token = link.issue();
            assertThat(end(link)).isEqualTo("none, nothing, ");
            assertThat(link.peer().activate(token).status()).isEqualTo(500);
        }
    }
}
