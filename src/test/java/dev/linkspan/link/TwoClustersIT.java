package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TrustTokenText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Two servers of ours link by the API, see each other, and are unlinked again. */
@Timeout(120)
class TwoClustersIT {

    private static final String LINKS = BothSides.LINKS;
    private static final String NOT_ALLOWED = "this server may not call that address";

    private static LinkspanProcess a;
    private static LinkspanProcess b;
    private static ApiClient ownerOfA;
    private static ApiClient ownerOfB;

    @BeforeAll
    static void start() {
        a = LinkspanProcess.start("cluster-a");
        b = LinkspanProcess.start("cluster-b");
        ownerOfA = a.admin();
        ownerOfB = b.admin();
    }

    @AfterAll
    static void stop() {
        a.close();
        b.close();
    }

    @Test
    void linkUnlinkAndLinkTheOtherWayRound() {
        link(a, ownerOfA, b, ownerOfB);
        unlink(ownerOfA, ownerOfB);
        link(b, ownerOfB, a, ownerOfA);
        unlink(ownerOfB, ownerOfA);
    }

    /** What is configured counts at once, for links that exist and for new ones, also by name. */
    @Test
    void peersInDeniedNetworksAreNotCalled() {
        link(a, ownerOfA, b, ownerOfB);
        TrustTokenText token = TrustTokenText.of(ownerOfA.post(LINKS, Map.of("name", "other", "type", "bidirectional"))
                .metadata());
        String byName = a.address().replace("127.0.0.1", "localhost");
        String mapped = a.address().replace("127.0.0.1", "[::ffff:127.0.0.1]");
        for (Map<String, String> networks : List.of(
                Map.of("linkspan.peer.denied-networks", "127.0.0.0/8, ::1"),
                Map.of("linkspan.peer.allowed-networks", "10.0.0.0/8"))) {
            configure(networks);
            assertThat(state(ownerOfB, "back")).isEqualTo("Unreachable");
            assertThat(ownerOfB.get("/1.0/linkspan/cluster-links/back/state")
                            .metadata()
                            .toString())
                    .contains("\"cause\":\"not_allowed\"");
            for (String address : List.of(a.address(), byName, mapped)) {
                Answer consumed = ownerOfB.post(
                        LINKS,
                        Map.of(
                                "name",
                                "x",
                                "type",
                                "unidirectional",
                                "trust_token",
                                token.withAddresses(address).encode()));
                assertThat(consumed.status()).as("%s", consumed).isEqualTo(400);
                assertThat(consumed.error()).contains(NOT_ALLOWED);
                Answer looked = ownerOfB.post(LINKS, Map.of("name", "x", "type", "public", "remote_address", address));
                assertThat(looked.status()).as("%s", looked).isEqualTo(500);
                assertThat(looked.error()).contains(NOT_ALLOWED);
            }
            // Other ways to write the same address lead nowhere.
            for (String host : List.of("2130706433", "127.1", "0x7f000001", "017700000001")) {
                String address = a.address().replace("127.0.0.1", host);
                Answer looked = ownerOfB.post(LINKS, Map.of("name", "x", "type", "public", "remote_address", address));
                assertThat(looked.status()).as("%s", looked).isEqualTo(500);
            }
            configure(Map.of("linkspan.peer.denied-networks", "", "linkspan.peer.allowed-networks", ""));
        }
        assertThat(state(ownerOfB, "back")).isEqualTo("Active " + a.name());
        Answer named = ownerOfB.post(LINKS, Map.of("name", "x", "type", "public", "remote_address", byName));
        assertThat(named.status()).as("%s", named).isEqualTo(200);
        assertThat(ownerOfB.delete(LINKS + "/x").status()).isEqualTo(200);
        Answer metadata =
                ownerOfB.post(LINKS, Map.of("name", "x", "type", "public", "remote_address", "169.254.169.254:80"));
        assertThat(metadata.error()).contains(NOT_ALLOWED);
        Answer nonsense = b.unix()
                .patch("/1.0", Map.of("config", Map.of("linkspan.peer.denied-networks", "10.0.0.0/8,example.org")));
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.error())
                .isEqualTo(
                        "Invalid value for configuration key \"linkspan.peer.denied-networks\": \"example.org\" is not"
                                + " a network such as 10.0.0.0/8");
        assertThat(ownerOfA.delete(LINKS + "/other").status()).isEqualTo(200);
        unlink(ownerOfA, ownerOfB);
    }

    private static void configure(Map<String, String> config) {
        Answer answer = b.unix().patch("/1.0", Map.of("config", config));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    /** A link is ended for both sides by one of them, a one-way one too. */
    @Test
    void deletingOneSideTakesTheOtherAlong() {
        link(a, ownerOfA, b, ownerOfB);
        Answer end = ownerOfB.delete("/1.0/linkspan/cluster-links/back");
        assertThat(end.metadata().toString()).isEqualTo("{\"peer\":\"told\",\"detail\":\"\",\"remains\":\"nothing\"}");
        assertThat(ownerOfA.get(LINKS + "/there").status()).isEqualTo(404);
        assertThat(ownerOfA.get("/1.0/auth/identities/tls/there").status()).isEqualTo(404);

        TrustTokenText token =
                TrustTokenText.of(ownerOfA.post(LINKS, Map.of("name", "one-way", "type", "unidirectional"))
                        .metadata());
        Answer made =
                ownerOfB.post(LINKS, Map.of("name", "back", "type", "unidirectional", "trust_token", token.encode()));
        assertThat(made.status()).as("%s", made).isEqualTo(200);
        assertIdentity(ownerOfA, "one-way", b.fingerprint(), "[]");
        assertThat(ownerOfA.get(LINKS).metadata().isNull()).isTrue();
        assertThat(state(ownerOfB, "back")).isEqualTo("Active " + a.name());
        assertThat(ownerOfB.delete("/1.0/linkspan/cluster-links/back")
                        .metadata()
                        .path("peer")
                        .asString())
                .isEqualTo("told");
        assertThat(ownerOfA.get("/1.0/auth/identities/tls/one-way").status()).isEqualTo(404);
    }

    private static void link(LinkspanProcess issuer, ApiClient one, LinkspanProcess consumer, ApiClient other) {
        createGroup(one);
        createGroup(other);
        Answer pending = one.post(
                LINKS,
                Map.of(
                        "name",
                        "there",
                        "type",
                        "bidirectional",
                        "description",
                        "to the other one",
                        "config",
                        Map.of("user.note", "x"),
                        "auth_groups",
                        List.of("readers")));
        assertThat(pending.status()).as("%s", pending).isEqualTo(201);
        assertThat(pending.location()).matches("/1\\.0/auth/identities/tls/[0-9a-f-]{36}");
        TrustTokenText token = TrustTokenText.of(pending.metadata());
        assertThat(token.addresses()).containsExactly(issuer.address());
        assertThat(token.fingerprint()).isEqualTo(issuer.fingerprint());
        assertThat(config(one, "there")).isEqualTo("{\"user.note\":\"x\"}");

        Answer active = other.post(
                LINKS,
                Map.of(
                        "name",
                        "back",
                        "type",
                        "bidirectional",
                        "trust_token",
                        token.encode(),
                        "auth_groups",
                        List.of("readers")));
        assertThat(active.status()).as("%s", active).isEqualTo(201);
        assertThat(active.location()).isEqualTo("/1.0/auth/identities/tls/" + issuer.fingerprint());

        assertThat(config(one, "there"))
                .isEqualTo("{\"user.note\":\"x\",\"volatile.addresses\":\"" + consumer.address() + "\"}");
        assertThat(config(other, "back")).isEqualTo("{\"volatile.addresses\":\"" + issuer.address() + "\"}");
        assertIdentity(one, "there", consumer.fingerprint());
        assertIdentity(other, "back", issuer.fingerprint());
        assertThat(state(one, "there")).isEqualTo("Active " + consumer.name());
        assertThat(state(other, "back")).isEqualTo("Active " + issuer.name());
    }

    private static void createGroup(ApiClient owner) {
        if (owner.get("/1.0/auth/groups/readers").status() == 404) {
            assertThat(owner.post("/1.0/auth/groups", Map.of("name", "readers")).status())
                    .isEqualTo(201);
        }
    }

    private static String config(ApiClient owner, String link) {
        return owner.get(LINKS + "/" + link).metadata().path("config").toString();
    }

    private static void assertIdentity(ApiClient owner, String link, String fingerprint) {
        assertIdentity(owner, link, fingerprint, "[\"readers\"]");
    }

    private static void assertIdentity(ApiClient owner, String link, String fingerprint, String groups) {
        JsonNode identity = owner.get("/1.0/auth/identities/tls/" + link).metadata();
        assertThat(identity.path("type").asString()).isEqualTo("Cluster link certificate");
        assertThat(identity.path("id").asString()).isEqualTo(fingerprint);
        assertThat(identity.path("groups").toString()).isEqualTo(groups);
        assertThat(identity.path("tls_certificate").asString()).startsWith("-----BEGIN CERTIFICATE-----");
    }

    private static String state(ApiClient owner, String link) {
        JsonNode member = owner.get(LINKS + "/" + link + "/state")
                .metadata()
                .path("cluster_link_members")
                .path(0);
        return (member.path("status").asString() + " "
                        + member.path("server_name").asString())
                .trim();
    }

    private static void unlink(ApiClient one, ApiClient other) {
        assertThat(one.delete(LINKS + "/there").status()).isEqualTo(200);
        assertThat(one.get(LINKS + "/there").status()).isEqualTo(404);
        assertThat(one.get("/1.0/auth/identities/tls/there").status()).isEqualTo(404);
        assertThat(state(other, "back")).isEqualTo("Unauthenticated");

        // Deleting the identity is the other way to end a link.
        assertThat(other.delete("/1.0/auth/identities/tls/back").status()).isEqualTo(200);
        assertThat(other.get(LINKS + "/back").status()).isEqualTo(404);
    }
}
