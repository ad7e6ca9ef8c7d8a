package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Effective access, refused requests and the last administrator over REST. */
class EffectiveAccessIT {
    private static final String ACCESS = "/1.0/linkspan/effective-access";
    private static final String REFUSED = "/1.0/linkspan/refused-requests";
    private static final String LAST = "/1.0/linkspan/last-administrator";
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String TLS = "/1.0/auth/identities/tls";

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("effective").start();
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void group(String name, String type, String url, String entitlement) {
        group(admin, name, type, url, entitlement);
    }

    private static void group(ApiClient by, String name, String type, String url, String entitlement) {
        Answer answer = by.post(
                GROUPS,
                Map.of(
                        "name",
                        name,
                        "permissions",
                        List.of(Map.of("entity_type", type, "url", url, "entitlement", entitlement))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String identity(ApiClient client) {
        return TLS + "/" + client.certificate().fingerprint();
    }

    private static JsonNode get(ApiClient by, String path) {
        Answer answer = by.get(path);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.metadata();
    }

    private static boolean lastWouldGo(ApiClient by, Map<String, Object> plan) {
        Answer answer = by.post(LAST, plan);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.metadata().get("last_would_go").asBoolean();
    }

    @Test
    void ofIdentityWhenInGroupsThenPermissionsWithTheirGroups() {
        group("links-1", "server", "/1.0", "can_view_cluster_links");
        group("links-2", "server", "/1.0", "can_view_cluster_links");
        group("other", "server", "/1.0", "viewer");
        ApiClient client = server.client("links-1", "links-2");
        JsonNode access = get(admin, ACCESS + "?identity=" + identity(client));
        assertThat(access.get("unrestricted").asBoolean()).isFalse();
        assertThat(access.get("groups").toString())
                .isEqualTo("[{\"name\":\"links-1\",\"direct\":true,\"identity_provider_groups\":[]},"
                        + "{\"name\":\"links-2\",\"direct\":true,\"identity_provider_groups\":[]}]");
        assertThat(access.get("permissions").toString())
                .isEqualTo("[{\"entity_type\":\"server\",\"url\":\"/1.0\",\"entitlement\":\"can_view_cluster_links\","
                        + "\"groups\":[\"links-1\",\"links-2\"]}]");
        assertThat(get(client, ACCESS + "?identity=" + identity(client)).get("groups"))
                .hasSize(2);
        assertThat(server.client().get(ACCESS + "?identity=" + identity(client)).status())
                .isEqualTo(404);
    }

    @Test
    void ofIdentityWhenOnOneEntityThenEntitlementsAndWhy() {
        group("target", "server", "/1.0", "can_view_events");
        group("group-editors", "server", "/1.0", "can_edit_groups");
        ApiClient client = server.client("target", "group-editors");
        JsonNode held = get(admin, ACCESS + "?identity=" + identity(client) + "&entity=" + GROUPS + "/target");
        assertThat(held).hasSize(2);
        JsonNode view = held.get(0).get("entitlement").asString().equals("can_view") ? held.get(0) : held.get(1);
        JsonNode edit = held.get(0).get("entitlement").asString().equals("can_edit") ? held.get(0) : held.get(1);
        assertThat(view.at("/why/implied").asBoolean()).isTrue();
        assertThat(edit.at("/why/through").toString())
                .isEqualTo("[{\"entity_type\":\"server\",\"url\":\"/1.0\",\"entitlement\":\"can_edit_groups\","
                        + "\"groups\":[\"group-editors\"]}]");
        assertThat(admin.get(ACCESS + "?identity=" + identity(client) + "&entity=" + GROUPS + "/nosuch")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void holdersWhenAskedThenEverybodyWhoMayAndWhy() {
        group("asked", "server", "/1.0", "can_view_warnings");
        group("group-deleters", "group", GROUPS + "/asked", "can_delete");
        ApiClient client = server.client("group-deleters");
        JsonNode holders = get(admin, ACCESS + "?entity=" + GROUPS + "/asked&entitlement=can_delete");
        assertThat(holders.valueStream().map(holder -> holder.get("identity").asString()))
                .contains(identity(client), identity(admin));
        assertThat(holders.toString()).contains("\"groups\":[\"group-deleters\"]");
        assertThat(admin.get(ACCESS + "?entity=" + GROUPS + "/asked&entitlement=x")
                        .status())
                .isEqualTo(400);
        assertThat(client.get(ACCESS + "?entity=" + GROUPS + "/asked&entitlement=can_delete")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusedWhenCheckFailedThenShownWithWhatWouldAllowIt() {
        group("seen", "server", "/1.0", "can_view_warnings");
        ApiClient client = server.client("seen");
        String path = GROUPS + "/seen";
        for (int i = 0; i < 3; i++) {
            assertThat(client.put(path, Map.of()).status()).isEqualTo(403);
        }
        client.get(GROUPS + "/admins");
        JsonNode refused = get(client, REFUSED);
        assertThat(refused).hasSize(2);
        JsonNode edit = refused.get(1);
        assertThat(edit.get("url").asString()).isEqualTo(path);
        assertThat(edit.get("entitlement").asString()).isEqualTo("can_edit");
        assertThat(edit.get("request").asString()).isEqualTo("PUT " + path);
        assertThat(edit.get("count").asInt()).isEqualTo(3);
        assertThat(edit.get("would_allow").valueStream().map(JsonNode::toString))
                .contains(
                        "{\"entity_type\":\"group\",\"url\":\"" + path + "\",\"entitlement\":\"can_edit\"}",
                        "{\"entity_type\":\"server\",\"url\":\"/1.0\",\"entitlement\":\"can_edit_groups\"}");
        JsonNode hidden = refused.get(0);
        assertThat(hidden.has("url")).isFalse();
        assertThat(hidden.get("would_allow").toString()).doesNotContain("/1.0/auth/groups");
        assertThat(get(admin, REFUSED)
                        .valueStream()
                        .filter(one -> one.get("identity").asString().equals(identity(client))))
                .hasSize(2);
        assertThat(get(server.client(), REFUSED)).isEmpty();
    }

    @Test
    void refusedWhenSeveralEntitlementsAreMissingThenAllAreShown() {
        ApiClient client = server.client();
        assertThat(client.post("/1.0/cluster/links", Map.of("name", "x", "type", "bidirectional"))
                        .status())
                .isEqualTo(403);
        assertThat(get(client, REFUSED).valueStream().map(one -> one.get("entitlement")
                        .asString()))
                .containsExactlyInAnyOrder("can_create_identities", "can_create_cluster_links");
    }

    @Test
    void refusedWhenTheirOwnTokenHasExpiredThenShown() throws InterruptedException {
        String bearer = "/1.0/auth/identities/bearer/late";
        admin.post(
                "/1.0/auth/identities/bearer",
                Map.of("type", "Client token bearer", "name", "late", "groups", List.of()));
        String token = admin.post(bearer + "/token", Map.of("expiry", "1S"))
                .metadata()
                .get("token")
                .asString();
        Thread.sleep(1_100);
        String[] parts = token.split("\\.");
        assertThat(withToken(parts[0] + '.' + parts[1] + '.' + parts[2].replaceAll(".", "A")))
                .isEqualTo(403);
        assertThat(late("late")).as("a signature that proves nobody").isEmpty();
        assertThat(withToken(token)).isEqualTo(403);
        assertThat(withToken(token)).isEqualTo(403);
        JsonNode refused = late("late").getFirst();
        assertThat(refused.get("entitlement").asString()).isEqualTo("token_expired");
        assertThat(refused.get("request").asString()).isEqualTo("GET /1.0");
        assertThat(refused.get("count").asInt()).isEqualTo(2);
        assertThat(refused.get("url").asString())
                .isEqualTo(refused.get("identity").asString());
        assertThat(refused.get("would_allow")).isEmpty();
    }

    @Test
    void refusedWhenTheirOwnCertificateHasExpiredThenShown() throws InterruptedException {
        TestCertificate certificate = TestCertificates.endingIn("late-client", Duration.ofSeconds(3));
        Answer made = admin.post(
                TLS,
                Map.of(
                        "type",
                        "Client certificate",
                        "name",
                        "late-client",
                        "certificate",
                        certificate.pem(),
                        "groups",
                        List.of()));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        ApiClient client = server.https().as(certificate);
        assertThat(client.trusted()).isTrue();
        Thread.sleep(3_100);
        assertThat(client.trusted()).isFalse();
        JsonNode refused = late("late-client").getFirst();
        assertThat(refused.get("entitlement").asString()).isEqualTo("certificate_expired");
    }

    private static int withToken(String token) {
        return server.https().get("/1.0", "Authorization: Bearer " + token).status();
    }

    private static List<JsonNode> late(String name) {
        return get(admin, REFUSED)
                .valueStream()
                .filter(one -> one.get("name").asString().equals(name))
                .toList();
    }

    @Test
    void lastAdministratorWhenAnotherStaysThenNoWarning() {
        try (LinkspanProcess fresh = LinkspanProcess.named("last-admin").start()) {
            ApiClient only = fresh.admin();
            String me = identity(only);
            assertThat(lastWouldGo(only, Map.of("deleted_identities", List.of(me))))
                    .isTrue();
            assertThat(lastWouldGo(only, Map.of("groups_of_identities", Map.of(me, List.of()))))
                    .isTrue();
            assertThat(lastWouldGo(only, Map.of("groups_of_identities", Map.of(me, List.of("admins")))))
                    .isFalse();
            group(only, "more-admins", "server", "/1.0", "admin");
            assertThat(lastWouldGo(only, Map.of("groups_of_identities", Map.of(me, List.of("more-admins")))))
                    .isFalse();

            only.post(
                    "/1.0/auth/identities/bearer",
                    Map.of("type", "Client token bearer", "name", "spare", "groups", List.of("more-admins")));
            assertThat(lastWouldGo(only, Map.of("deleted_identities", List.of(me))))
                    .as("an identity without a token administers nothing")
                    .isTrue();
            only.post("/1.0/auth/identities/bearer/spare/token", Map.of());
            assertThat(lastWouldGo(only, Map.of("deleted_identities", List.of(me))))
                    .isFalse();
            assertThat(lastWouldGo(
                            only, Map.of("deleted_identities", List.of(me), "deleted_groups", List.of("more-admins"))))
                    .isTrue();
            assertThat(lastWouldGo(
                            only,
                            Map.of(
                                    "deleted_identities",
                                    List.of(me),
                                    "permissions_of_groups",
                                    Map.of("more-admins", List.of()))))
                    .isTrue();
            String spare = "/1.0/auth/identities/bearer/spare";
            String row = only.get(spare).metadata().get("id").asString();
            assertThat(lastWouldGo(
                            only,
                            Map.of(
                                    "deleted_identities",
                                    List.of(me),
                                    "revoked_tokens",
                                    List.of("/1.0/auth/identities/bearer/" + row))))
                    .isTrue();
            assertThat(lastWouldGo(only, Map.of("deleted_identities", List.of("junk", TLS + "/nobody"))))
                    .isFalse();
            ApiClient nobody = fresh.client();
            assertThat(lastWouldGo(nobody, Map.of("deleted_groups", List.of("admins", "more-admins"))))
                    .as("says nothing of groups that the caller may not see")
                    .isFalse();
        }
    }

    @Test
    void lastAdministratorWhenTheOtherIsALinkThenWarning() {
        try (LinkspanProcess fresh = LinkspanProcess.named("last-link").start()) {
            ApiClient only = fresh.admin();
            JsonNode token = only.post(
                            "/1.0/cluster/links",
                            Map.of("name", "peer", "type", "unidirectional", "auth_groups", List.of("admins")))
                    .metadata();
            TestCertificate peer = TestCertificates.lxdServer("peer");
            String text = TrustTokenText.of(token).encode();
            assertThat(fresh.https()
                            .as(peer)
                            .post(TLS, Map.of("trust_token", text))
                            .status())
                    .isEqualTo(201);
            Answer answer = only.post(LAST, Map.of("deleted_identities", List.of(identity(only))));
            assertThat(answer.metadata().get("last_would_go").asBoolean()).isTrue();
        }
    }
}
