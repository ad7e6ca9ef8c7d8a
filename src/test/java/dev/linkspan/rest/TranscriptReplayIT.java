package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.Replay;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.Transcript.Recorded;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What a stock client and stock servers sent to LXD 6.9 is sent to real servers of ours, which must answer the same.
 * Where they don't, and shouldn't, the test says so with the line of {@code docs/differences.md} that explains it.
 */
class TranscriptReplayIT {

    private static final String IDENTITIES = "/1.0/auth/identities";
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String LINKS = "/1.0/cluster/links";

    // The deliberate deviations, each by the first cell of its line in docs/differences.md.
    private static final String EXPIRED = "An expired token that arrives deletes its pending identity and link";
    private static final String VOLATILE =
            "Stores `volatile.*` keys that a caller gives when it creates or activates a link";
    private static final String UNVERIFIED =
            "Stores all addresses of a token or an activation when one of them shows the certificate";
    private static final String REPEATED = "Refuses the repetition of an activation: the secret is gone";
    private static final String TRUSTED_THERE =
            "Consumes a token of a cluster that trusts it already, and fails at that cluster";
    private static final String LEGACY = "`/1.0/certificates`: unrestricted, restricted and metrics certificates";
    private static final String AGAIN = "Refuses a trusted caller that presents the token which made it trusted";
    private static final String GUESTS = "Makes `DevLXD token bearer` identities for the guest API";
    private static final String OTHER_TYPES = "Unidirectional links to others, and public links";
    private static final String PERMISSIONS = "`/1.0/auth/permissions`";
    private static final String PROJECTS = "`/1.0/projects`, `/1.0/instances` and what is inside them";
    private static final String OPERATIONS = "`/1.0/operations`, `/1.0/events`";

    private static final String TRUSTS_US = "A cluster link already exists between these clusters: the cluster at"
            + " \"{ADDRESS_A}\" already trusts this cluster's certificate. Delete the link there, then create this one"
            + " again";

    private static LinkspanProcess a;
    private static LinkspanProcess b;

    private final TestCertificate client = TestCertificates.client("client");
    private final TestCertificate other = TestCertificates.client("other");

    @BeforeAll
    static void start() {
        a = LinkspanProcess.start("node-a");
        b = LinkspanProcess.start("node-b");
    }

    @AfterAll
    static void stop() {
        a.close();
        b.close();
    }

    // ---- The stage

    @BeforeEach
    void clear() {
        for (LinkspanProcess server : List.of(a, b)) {
            ApiClient unix = server.unix();
            unix.get(LINKS).metadata().forEach(url -> unix.delete(url.asString()));
            unix.get(IDENTITIES).metadata().forEach(url -> unix.delete(url.asString()));
            for (JsonNode url : unix.get(GROUPS).metadata()) {
                if (!url.asString().endsWith("/admins")) {
                    unix.delete(url.asString());
                }
            }
            succeeded(unix.patch("/1.0", Map.of("config", Map.of("core.remote_token_expiry", ""))));
            group(server, "adm", "admin");
        }
    }

    /** Both servers, and the client who administers them. */
    private Replay replay(String transcript) {
        identity(a, "admin", client, "adm");
        identity(b, "admin", client, "adm");
        return strangers(transcript);
    }

    /** Both servers; nobody has an identity. */
    private Replay strangers(String transcript) {
        return Replay.of(transcript)
                .server("A", a)
                .server("B", b)
                .caller("client", client)
                .certificate("CLIENT", client)
                .caller("client 2", other)
                .certificate("CLIENT_2", other)
                .caller("unknown client certificate", other)
                .certificate("OTHER_CLIENT", other)
                .bind("DEAD_ADDRESS", ScriptedPeer.deadAddress())
                .bind("OTHER_ADDRESS", "127.0.0.1:4");
    }

    /** The identities of A that were there when most scenarios were recorded. */
    private Replay inhabited(String transcript) {
        TestCertificate laptop2 = TestCertificates.client("laptop2");
        TestCertificate laptop = TestCertificates.client("laptop");
        TestCertificate noRights = TestCertificates.client("no-rights");
        TestCertificate url = TestCertificates.client("url");
        Replay replay = replay(transcript)
                .certificate("CLIENT_DEAD", laptop2)
                .certificate("CLIENT_LAPTOP", laptop)
                .certificate("CLIENT_NORIGHTS", noRights)
                .certificate("CLIENT_URL", url)
                .certificate("CLIENT_LEGACY", TestCertificates.client("legacy"));
        identity(a, "laptop2", laptop2, "adm");
        identity(a, "laptop", laptop, "adm");
        identity(a, "byurl2", noRights);
        identity(a, "byurl", url);
        return replay.lacks(LEGACY, item -> item.toString().contains("{FINGERPRINT_CLIENT_LEGACY}"));
    }

    private static void identity(LinkspanProcess server, String name, TestCertificate certificate, String... groups) {
        succeeded(server.unix()
                .post(
                        IDENTITIES + "/tls",
                        Map.of("name", name, "certificate", certificate.pem(), "groups", List.of(groups))));
    }

    private static void group(LinkspanProcess server, String name, String... entitlements) {
        List<Map<String, String>> permissions = Arrays.stream(entitlements)
                .map(entitlement -> Map.of("entity_type", "server", "url", "/1.0", "entitlement", entitlement))
                .toList();
        succeeded(server.unix().post(GROUPS, Map.of("name", name, "permissions", permissions)));
    }

    private static TrustTokenText pendingIdentity(String name, String... groups) {
        return TrustTokenText.of(succeeded(a.unix()
                        .post(IDENTITIES + "/tls", Map.of("name", name, "token", true, "groups", List.of(groups))))
                .metadata());
    }

    private static TrustTokenText pendingLink(LinkspanProcess server, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("name", "lxd-b", "type", "bidirectional"));
        body.putAll(more);
        return TrustTokenText.of(succeeded(server.unix().post(LINKS, body)).metadata());
    }

    /** Links A with B, where it is called lxd-a, and returns the used token. */
    private static TrustTokenText linked(Map<String, Object> more) {
        TrustTokenText token = pendingLink(a, more);
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.putAll(Map.of("name", "lxd-a", "type", "bidirectional", "trust_token", token.encode()));
        body.remove("description");
        body.remove("config");
        succeeded(b.unix().post(LINKS, body));
        return token;
    }

    /** Links both as the scenarios about links have it. */
    private static void linkedWithNote() {
        group(a, "readers");
        group(b, "readers");
        linked(Map.of("description", "to B", "config", Map.of("user.note", "x"), "auth_groups", List.of("readers")));
    }

    private static Replay issued(Replay replay, TrustTokenText token, String secret, String time) {
        return replay.bind(secret, token.secret()).bind(time, token.expiresAt());
    }

    private static Answer succeeded(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isLessThan(300);
        return answer;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tokensOfALast(String expiry) {
        succeeded(a.unix().patch("/1.0", Map.of("config", Map.of("core.remote_token_expiry", expiry))));
    }

    private static TrustTokenText expiredAfter(Supplier<TrustTokenText> issue) {
        tokensOfALast("1S");
        TrustTokenText token = issue.get();
        pause(Duration.ofMillis(1200));
        tokensOfALast("");
        return token;
    }

    // ---- Server and rights

    @Test
    void serverInfo() {
        Replay replay = replay("server-info").caller("unknown client certificate", TestCertificates.client("x"));
        identity(a, "nobody", other);
        replay.run();
    }

    @Test
    void identityWithoutGroups() {
        identity(a, "byurl2", client);
        strangers("identity-without-groups")
                .refuses(PROJECTS, 4)
                .refuses(PERMISSIONS, 18)
                .refuses(OPERATIONS, 22)
                .run();
    }

    // ---- Groups and identities

    @Test
    void groups() {
        group(a, "readers");
        inhabited("auth-group")
                .differs(
                        PROJECTS,
                        28,
                        recorded -> recorded.refused(
                                400,
                                "Could not resolve permission URLs: Failed finding entity ID for URL"
                                        + " \"/1.0/projects/default\""))
                .leavesOut(30, 31, 33, 34, 36, 37, 39, 40, 42, 44)
                .run();
    }

    @Test
    void identities() {
        group(a, "ga");
        group(a, "gb");
        inhabited("auth-identity")
                .differs(
                        GUESTS,
                        20,
                        recorded -> recorded.refused(
                                400, "Identities of type \"DevLXD token bearer\" cannot be created via the bearer API"))
                .refuses(GUESTS, 46, 48, 121, 122)
                .lacks(GUESTS, item -> item.path("name").asString("").equals("dev"))
                .run();
    }

    @Test
    void identityProviderGroups() {
        group(a, "ga");
        group(a, "gb");
        inhabited("auth-identity-provider-group").run();
    }

    @Test
    void identityActivationErrors() {
        replay("identity-activation-errors")
                .differs(AGAIN, 13, recorded -> recorded.created(IDENTITIES + "/tls/{FINGERPRINT_OTHER_CLIENT}"))
                .run();
    }

    @Test
    void editAndEtag() {
        for (String group : List.of("etg", "readers", "viewers")) {
            group(a, group);
        }
        linked(Map.of());
        inhabited("edit-and-etag").run();
    }

    // ---- Remotes

    @Test
    void remoteAddIdentityToken() {
        TrustTokenText token = pendingIdentity("laptop", "adm");
        issued(strangers("remote-add-identity-token"), token, "SECRET_1", "TIME_1")
                .refuses(PROJECTS, 7)
                .run();
    }

    @Test
    void remoteAddUsedToken() {
        TrustTokenText token = pendingIdentity("laptop", "adm");
        succeeded(a.https().as(other).post(IDENTITIES + "/tls", Map.of("trust_token", token.encode())));
        issued(strangers("remote-add-used-token"), token, "SECRET_1", "TIME_1").run();
    }

    @Test
    void remoteAddExpiredToken() {
        TestCertificate laptop = TestCertificates.client("laptop");
        identity(a, "laptop", laptop, "adm");
        pendingIdentity("laptop2", "adm");
        TrustTokenText token = expiredAfter(() -> pendingIdentity("late", "adm"));
        issued(replay("remote-add-expired-token").certificate("CLIENT_LAPTOP", laptop), token, "SECRET_1", "TIME_3")
                .differs(EXPIRED, 7, recorded -> recorded.with("""
                                {"authentication_method": "tls", "type": "Client certificate (pending)",
                                 "id": "{UUID_9}", "name": "late", "groups": ["adm"], "tls_certificate": ""}"""))
                .run();
    }

    @Test
    void remoteAddAlreadyTrusted() {
        TrustTokenText token = pendingIdentity("laptop", "adm");
        issued(replay("remote-add-already-trusted"), token, "SECRET_1", "TIME_1")
                .run();
    }

    // ---- Links

    @Test
    void linkBidirectional() {
        group(a, "readers");
        group(b, "readers");
        inhabited("link-bidirectional")
                .reads(32, TranscriptReplayIT::laterCertificate)
                .run();
    }

    /** The recorded certificates of A and B end in the same second. */
    private static Recorded laterCertificate(Recorded recorded) {
        return recorded.replacing("{TIME_1}", "{TIME_9}");
    }

    /** A stock server consumes our token. */
    @Test
    void linkBidirectionalWithAStockConsumer() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-b")) {
            group(a, "readers");
            inhabited("link-bidirectional").stock("B", peer).run();
        }
    }

    @Test
    void linkInfo() {
        linkedWithNote();
        replay("link-info").run();
    }

    @Test
    void linkInfoPending() {
        replay("link-info-pending").run();
    }

    @Test
    void linkInfoUnreachable() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-b")) {
            TrustTokenText token = pendingLink(a, Map.of("description", "to B", "config", Map.of("user.note", "x")));
            assertThat(peer.activate(token).status()).isEqualTo(201);
            Replay replay = replay("link-info-unreachable")
                    .bind("ADDRESS_B", peer.address().address());
            peer.close();
            replay.run();
        }
    }

    @Test
    void linkCommands() {
        linkedWithNote();
        inhabited("link-commands").run();
    }

    @Test
    void linkDelete() {
        linkedWithNote();
        Replay replay = inhabited("link-delete");
        succeeded(a.unix().post(LINKS + "/lxd-b", Map.of("name", "lxd-two")));
        replay.run();
    }

    @Test
    void linkFlagErrors() {
        replay("link-flag-errors")
                .differs(VOLATILE, 12, recorded -> recorded.replacing("\"volatile.addresses\":\"{OTHER_ADDRESS}\"", ""))
                .run();
    }

    @Test
    void linkErrorAlreadyLinked() {
        linked(Map.of());
        b.unix().delete(LINKS + "/lxd-a");
        replay("link-error-already-linked")
                .differs(TRUSTED_THERE, 4, recorded -> recorded.refused(409, TRUSTS_US))
                .before(16, () -> succeeded(a.unix().delete(LINKS + "/lxd-b")))
                .refuses(OTHER_TYPES, 34)
                .run();
    }

    @Test
    void linkErrorDeadAddress() {
        TrustTokenText token = pendingLink(a, Map.of());
        issued(replay("link-error-dead-address"), token, "SECRET_1", "TIME_1")
                .differs(UNVERIFIED, 16, recorded -> recorded.replacing("{DEAD_ADDRESS},", ""))
                .differs(UNVERIFIED, 18, recorded -> recorded.replacing("{DEAD_ADDRESS},", ""))
                .differs(
                        UNVERIFIED,
                        19,
                        recorded -> recorded.replacing(
                                "{\"server_name\":\"\",\"address\":\"{DEAD_ADDRESS}\",\"status\":\"Unreachable\"},",
                                ""))
                .run();
    }

    @Test
    void linkErrorExpiredToken() {
        tokensOfALast("1S");
        inhabited("link-error-expired-token")
                .refuses(OTHER_TYPES, 14)
                .before(5, () -> {
                    pause(Duration.ofMillis(1200));
                    tokensOfALast("");
                })
                .differs(EXPIRED, 12, recorded -> recorded.with("""
                                {"name": "lxd-b", "description": "", "type": "bidirectional", "config": {},
                                 "used_by": []}"""))
                .differs(EXPIRED, 20, recorded -> recorded.with("""
                                {"authentication_method": "tls", "type": "Cluster link certificate (pending)",
                                 "id": "{UUID_2}", "name": "lxd-b", "groups": [], "tls_certificate": ""}""").with("""
                                {"authentication_method": "tls", "type": "Cluster link certificate (pending)",
                                 "id": "{UUID_3}", "name": "uni", "groups": [], "tls_certificate": ""}"""))
                .run();
    }

    @Test
    void linkErrorFingerprintMismatch() {
        TrustTokenText token = pendingLink(a, Map.of());
        issued(replay("link-error-fingerprint-mismatch"), token, "SECRET_1", "TIME_1")
                .refuses(OTHER_TYPES, 5)
                .run();
    }

    @Test
    void linkErrorNameOrGroup() {
        succeeded(b.unix().post(LINKS, Map.of("name", "taken", "type", "bidirectional")));
        succeeded(b.unix().post(IDENTITIES + "/tls", Map.of("name", "person", "token", true)));
        replay("link-error-name-or-group").refuses(OTHER_TYPES, 24).run();
    }

    @Test
    void linkErrorUsedToken() {
        TrustTokenText token = linked(Map.of());
        issued(replay("link-error-used-token"), token, "SECRET_1", "TIME_1")
                .before(6, () -> succeeded(b.unix().delete(LINKS + "/lxd-a")))
                .differs(TRUSTED_THERE, 6, recorded -> recorded.refused(409, TRUSTS_US))
                .run();
    }

    @Test
    void linkErrorWrongSecret() {
        replay("link-error-wrong-secret").run();
    }

    @Test
    void linkErrorWrongType() {
        inhabited("link-error-wrong-type")
                .refuses(OTHER_TYPES, 31, 48)
                .refuses(PROJECTS, 27)
                .differs(
                        OTHER_TYPES,
                        42,
                        recorded -> recorded.refused(
                                500,
                                "Failed loading cluster link \"pend\": No certificate found for cluster link identity"
                                        + " \"pend\""))
                .lacks(OTHER_TYPES, item -> item.path("type").asString("").equals("unidirectional"))
                .differs(OTHER_TYPES, 52, recorded -> recorded.without(
                                item -> item.path("name").asString("").equals("pend"))
                        .with("""
                                        {"authentication_method": "tls", "type": "Cluster link certificate (pending)",
                                         "id": "{UUID_5}", "name": "pend", "groups": [], "tls_certificate": ""}"""))
                .run();
    }

    @Test
    void linkActivationErrors() {
        replay("link-activation-errors")
                .differs(VOLATILE, 32, recorded -> recorded.replacing(",\"volatile.other\":\"kept\"", ""))
                .differs(REPEATED, 33, recorded -> recorded.created(IDENTITIES + "/tls/{FINGERPRINT_B}"))
                .run();
    }
}
