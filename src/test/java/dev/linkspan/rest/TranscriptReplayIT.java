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
    private static final String CERTIFICATES = "/1.0/certificates";
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
    private static final String AGAIN = "Refuses a trusted caller that presents the token which made it trusted";
    private static final String GUESTS = "Makes `DevLXD token bearer` identities for the guest API";
    private static final String AGENT = "Calls itself `LXD` when it calls other clusters";
    private static final String EARLY =
            "Asks a new peer for its members before that trusts it, which shows there as `authn_login_fail:tls`";
    private static final String CROSSED =
            "Activates a client identity with the token of a bidirectional link, whose link then never becomes active";
    private static final String PUBLIC_TWICE =
            "Answers 409 when the certificate of a public link to be confirmed is stored already, as when it was"
                    + " confirmed";
    private static final String RUNTIME =
            "Runs instances: `volatile.*` keys of the runtime, a root disk from the profile"
                    + " `default`, the state of its disk";
    private static final String NO_STORAGE =
            "Has storage pools, profiles, images and networks, on which permissions can be granted";
    private static final String NO_MACHINES = "Tells the load, memory and storage of a member's machine";
    private static final String NOWHERE = "Tells at which member of a cluster an event happened or an operation runs";
    private static final String NO_SUCH_SOURCE = "Names `/1.0/cluster/NAME` as the source of `cluster-enabled`";
    private static final String PROGRESS = "Tells the progress of an operation";

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
            unix.get(CERTIFICATES).metadata().forEach(url -> unix.delete(url.asString()));
            unix.get("/1.0/operations").metadata().path("running").forEach(url -> unix.delete(url.asString()));
            unix.get(IDENTITIES).metadata().forEach(url -> unix.delete(url.asString()));
            for (JsonNode url : unix.get(GROUPS).metadata()) {
                if (!url.asString().endsWith("/admins")) {
                    unix.delete(url.asString());
                }
            }
            unix.get("/1.0/instances").metadata().forEach(url -> ended(server, unix.delete(url.asString())));
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
        TestCertificate legacy = TestCertificates.client("legacy");
        Replay replay = replay(transcript)
                .certificate("CLIENT_DEAD", laptop2)
                .certificate("CLIENT_LAPTOP", laptop)
                .certificate("CLIENT_NORIGHTS", noRights)
                .certificate("CLIENT_URL", url)
                .certificate("CLIENT_LEGACY", legacy);
        identity(a, "laptop2", laptop2, "adm");
        identity(a, "laptop", laptop, "adm");
        identity(a, "byurl2", noRights);
        identity(a, "byurl", url);
        String der = legacy.pem().replaceAll("-----[^-]+-----|\\s", "");
        succeeded(a.unix().post(CERTIFICATES, Map.of("name", "legacy", "type", "client", "certificate", der)));
        return replay;
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
        return pendingIdentity(a, name, groups);
    }

    private static TrustTokenText pendingIdentity(LinkspanProcess server, String name, String... groups) {
        return TrustTokenText.of(succeeded(server.unix()
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

    private static void ended(LinkspanProcess server, Answer begun) {
        Answer answer = server.unix().get(succeeded(begun).location() + "/wait?timeout=10");
        assertThat(answer.metadata().path("status").asString(""))
                .as("%s", answer)
                .isEqualTo("Success");
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
        strangers("identity-without-groups").run();
    }

    // ---- Groups and identities

    @Test
    void groups() {
        group(a, "readers");
        inhabited("auth-group").run();
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
                     "id": "{UUID_9}", "name": "late", "groups": ["adm"], "tls_certificate": ""}\
                    """))
                .run();
    }

    @Test
    void remoteAddAlreadyTrusted() {
        TrustTokenText token = pendingIdentity("laptop", "adm");
        issued(replay("remote-add-already-trusted"), token, "SECRET_1", "TIME_1")
                .run();
    }

    /** A trust token of the older API, made by the client. */
    private Answer certificateToken(String name) {
        return succeeded(
                a.https().as(client).post(CERTIFICATES, Map.of("name", name, "type", "client", "token", true)));
    }

    @Test
    void configTrustAdd() {
        Replay replay = replay("config-trust-add").part(5, "running");
        certificateToken("optest");
        certificateToken("legacy2");
        replay.run();
    }

    @Test
    void remoteAddTrustToken() {
        identity(a, "admin", other, "adm");
        JsonNode made = succeeded(
                        a.unix().post(CERTIFICATES, Map.of("name", "legacy", "type", "client", "token", true)))
                .metadata()
                .get("metadata");
        strangers("remote-add-trust-token")
                .bind("SECRET_1", made.get("secret").asString())
                .bind("TIME_3", "2100-01-01T00:00:00Z")
                .run();
    }

    @Test
    void remoteAddUrlToken() {
        issued(strangers("remote-add-url-token"), pendingIdentity("byurl2"), "SECRET_1", "TIME_1")
                .run();
    }

    @Test
    void remoteAddUrlAcceptCertificate() {
        issued(strangers("remote-add-url-accept-certificate"), pendingIdentity("byurl"), "SECRET_1", "TIME_1")
                .run();
    }

    @Test
    void remoteAddAfterFailedAttempt() {
        issued(strangers("remote-add-after-failed-attempt"), pendingIdentity("laptop", "adm"), "SECRET_1", "TIME_1")
                .run();
    }

    @Test
    void remoteAddDeadAddressFirst() {
        issued(strangers("remote-add-dead-address-first"), pendingIdentity("laptop", "adm"), "SECRET_1", "TIME_1")
                .run();
    }

    /** A client whose token names only an address where nobody is sends nothing, and the token stays good. */
    @Test
    void remoteAddDeadAddress() {
        TrustTokenText token = pendingIdentity("laptop2", "adm");
        issued(strangers("remote-add-dead-address"), token, "SECRET_1", "TIME_1")
                .run();
        assertThat(a.https()
                        .as(client)
                        .post(IDENTITIES + "/tls", Map.of("trust_token", token.encode()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void remoteAddFingerprintMismatch() {
        strangers("remote-add-fingerprint-mismatch").run();
    }

    // ---- Clustering

    /** A server of its own: there is no way back. */
    @Test
    void clusterEnable() {
        try (LinkspanProcess c = LinkspanProcess.start("node-c")) {
            group(c, "adm", "admin");
            identity(c, "admin", client, "adm");
            Replay replay = Replay.of("cluster-enable");
            replay.server("C", c)
                    .caller("client", client)
                    .certificate("CLIENT", client)
                    .bind("FINGERPRINT_CLUSTER_C", c.fingerprint())
                    .before(19, () -> {
                        succeeded(c.unix().delete(IDENTITIES + "/tls/admin"));
                        issued(replay, pendingIdentity(c, "admin2", "adm"), "SECRET_1", "TIME_6");
                    })
                    .differs(NO_STORAGE, recorded -> recorded.setting("member_config", "[]"))
                    .refuses(NO_MACHINES, 33)
                    .differs(NOWHERE, recorded -> recorded.setting("location", "\"none\""))
                    .differs(NO_SUCH_SOURCE, TranscriptReplayIT::ofTheServer)
                    .run();
        }
    }

    private static Recorded ofTheServer(Recorded recorded) {
        boolean enabled =
                recorded.body().path("metadata").path("action").asString("").equals("cluster-enabled");
        return enabled ? recorded.setting("source", "\"/1.0\"").withoutKeys("project") : recorded;
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

    /** We consume the token of a stock server. */
    @Test
    void linkBidirectionalWithAStockIssuer() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-a")) {
            group(b, "readers");
            issued(replay("link-bidirectional"), peer.issueToken("lxd-b"), "SECRET_1", "TIME_2")
                    .stock("A", peer)
                    .leavesOut(17, 18)
                    .run();
        }
    }

    /** A clustered stock server consumes our token. */
    @Test
    void linkClusteredConsumer() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-c")) {
            peer.clustered();
            replay("link-clustered-consumer").stock("C", peer).run();
        }
    }

    /** We consume the token of a clustered stock server; what it calls while we wait it calls later here. */
    @Test
    void linkClusteredIssuer() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-c")) {
            peer.clustered();
            issued(replay("link-clustered-issuer"), peer.issueToken("lxd-a"), "SECRET_1", "TIME_1")
                    .stock("C", peer)
                    .leavesOut(11, 12)
                    .run();
        }
    }

    @Test
    void linkClusteredUnidirectional() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-c")) {
            peer.clustered();
            issued(replay("link-clustered-unidirectional"), peer.issueToken("lxd-a"), "SECRET_1", "TIME_1")
                    .stock("C", peer)
                    .run();
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
                .before(5, () -> {
                    pause(Duration.ofMillis(1200));
                    tokensOfALast("");
                })
                .differs(EXPIRED, 12, recorded -> recorded.with("""
                    {"name": "lxd-b", "description": "", "type": "bidirectional", "config": {},
                     "used_by": []}\
                    """))
                .differs(EXPIRED, 20, recorded -> recorded.with("""
                    {"authentication_method": "tls", "type": "Cluster link certificate (pending)",
                     "id": "{UUID_2}", "name": "lxd-b", "groups": [], "tls_certificate": ""}\
                    """).with("""
                        {"authentication_method": "tls", "type": "Cluster link certificate (pending)",
                         "id": "{UUID_3}", "name": "uni", "groups": [], "tls_certificate": ""}\
                        """))
                .run();
    }

    @Test
    void linkUnidirectional() {
        group(a, "readers");
        group(b, "readers");
        inhabited("link-unidirectional").run();
    }

    /** A stock server is the target of our unidirectional link. */
    @Test
    void linkUnidirectionalToAStockTarget() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-b")) {
            issued(inhabited("link-unidirectional"), peer.issueToken("lxd-a"), "SECRET_1", "TIME_2")
                    .stock("B", peer)
                    .before(37, () -> peer.forget(a.fingerprint()))
                    .run();
        }
    }

    /** A stock server consumes the token of a unidirectional link. */
    @Test
    void linkUnidirectionalWithAStockConsumer() {
        try (ScriptedPeer peer = ScriptedPeer.start("node-a")) {
            group(b, "readers");
            replay("link-unidirectional").stock("A", peer).run();
        }
    }

    @Test
    void linkPublicYes() {
        replay("link-public-yes").run();
    }

    @Test
    void linkPublicFingerprint() {
        replay("link-public-fingerprint").run();
    }

    @Test
    void linkPublicNo() {
        replay("link-public-no").run();
    }

    @Test
    void linkPublicWrongFingerprint() {
        replay("link-public-wrong-fingerprint").run();
    }

    @Test
    void linkPublicPending() {
        replay("link-public-pending")
                .differs(
                        PUBLIC_TWICE,
                        26,
                        recorded -> recorded.refused(400, "Failed creating certificate: Certificate already exists"))
                .run();
    }

    @Test
    void linkErrorFingerprintMismatch() {
        TrustTokenText token = pendingLink(a, Map.of());
        issued(replay("link-error-fingerprint-mismatch"), token, "SECRET_1", "TIME_1")
                .run();
    }

    @Test
    void linkErrorNameOrGroup() {
        succeeded(b.unix().post(LINKS, Map.of("name", "taken", "type", "bidirectional")));
        succeeded(b.unix().post(IDENTITIES + "/tls", Map.of("name", "person", "token", true)));
        replay("link-error-name-or-group").run();
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
                .leavesOut(26, 27)
                .differs(
                        CROSSED,
                        31,
                        recorded -> recorded.refused(
                                500,
                                "Failed activating unidirectional cluster link \"lxd-a\" after trying 1 address(es):"
                                        + " Remote cluster address \"{ADDRESS_A}\": Failed during search for pending TLS"
                                        + " identity: Failed finding a matching pending identity: No pending identities"
                                        + " found with given secret"))
                .differs(
                        CROSSED,
                        42,
                        recorded -> recorded.refused(
                                500,
                                "Failed loading cluster link \"pend\": No certificate found for cluster link identity"
                                        + " \"pend\""))
                .lacks(CROSSED, item -> item.path("type").asString("").equals("unidirectional"))
                .leavesOut(48)
                .differs(CROSSED, 52, recorded -> recorded.without(
                                item -> item.path("name").asString("").equals("pend"))
                        .with("""
                            {"authentication_method": "tls", "type": "Cluster link certificate (pending)",
                             "id": "{UUID_5}", "name": "pend", "groups": [], "tls_certificate": ""}\
                            """))
                .run();
    }

    @Test
    void linkActivationErrors() {
        replay("link-activation-errors")
                .differs(VOLATILE, 32, recorded -> recorded.replacing(",\"volatile.other\":\"kept\"", ""))
                .differs(REPEATED, 33, recorded -> recorded.created(IDENTITIES + "/tls/{FINGERPRINT_B}"))
                .run();
    }

    // ---- Permissions

    @Test
    void permissions() {
        group(a, "ga");
        group(a, "gb");
        group(a, "viewers", "can_view_cluster_links");
        inhabited("auth-permission")
                .lacks(NO_STORAGE, item -> List.of("profile", "storage_pool")
                        .contains(item.path("entity_type").asString("")))
                .run();
    }

    // ---- Instances, operations, events

    private static void instance(LinkspanProcess server, String name) {
        ended(server, server.unix().post("/1.0/instances", Map.of("name", name, "source", Map.of("type", "none"))));
    }

    /** What a runtime would add to instances isn't there. */
    private static Replay asInventory(Replay replay) {
        return replay.differs(RUNTIME, recorded -> recorded.withoutKeys(
                        "volatile.apply_template",
                        "volatile.idmap.base",
                        "volatile.idmap.next",
                        "volatile.last_state.idmap",
                        "storage-pool")
                .setting("expanded_devices", "{}")
                .setting("disk", "null"));
    }

    @Test
    void instanceInit() {
        asInventory(replay("instance-init")).run();
    }

    @Test
    void instanceExport() {
        instance(a, "c1");
        replay("instance-export").before(18, () -> operationsEnd(a)).run();
    }

    /** The stock client let some time pass before its next request. */
    private static void operationsEnd(LinkspanProcess server) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end
                && server.unix().get("/1.0/operations").metadata().has("running")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void operationSlow() {
        instance(a, "c1");
        replay("operation-slow")
                .differs(PROGRESS, recorded -> recorded.withoutKeys("create_backup_progress", "progress"))
                .lacksEvents(
                        PROGRESS,
                        event -> event.path("metadata")
                                        .path("status")
                                        .asString("")
                                        .equals("Running")
                                && event.path("metadata").path("metadata").has("progress"))
                .run();
    }

    /** The events were taken from the client when this was recorded. */
    @Test
    void operationsWithoutEvents() {
        asInventory(replay("operations-without-events"))
                .before(6, () -> operationsEnd(a))
                .leavesOut(2, 4, 8, 10, 12, 15)
                .run();
    }

    @Test
    void operationList() {
        Replay replay = replay("operation-list");
        certificateToken("optest");
        certificateToken("legacy2");
        for (int list : List.of(2, 4, 6, 13)) {
            replay.part(list, "running");
        }
        replay.run();
    }

    @Test
    void eventsOfInstances() {
        asInventory(replay("events-instance")).run();
    }

    @Test
    void eventsOfIdentitiesAndGroups() {
        replay("events-identities-and-groups").run();
    }

    @Test
    void eventsOfLinks() {
        replay("events-links")
                .differs(AGENT, TranscriptReplayIT::calledByLinkspan)
                .lacksEvents(
                        EARLY,
                        event ->
                                event.path("metadata").path("name").asString("").equals("authn_login_fail:tls"))
                .run();
    }

    private static Recorded calledByLinkspan(Recorded recorded) {
        String agent = "LXD 6.9 (Linux; x86_64; {KERNEL_VERSION}; {OS_NAME}; {OS_VERSION}) (dir 1)";
        return recorded.body().toString().contains(agent) ? recorded.replacing(agent, "Linkspan") : recorded;
    }

    @Test
    void eventsOfUnidirectionalAndPublicLinks() {
        replay("events-unidirectional-and-public")
                .differs(AGENT, TranscriptReplayIT::calledByLinkspan)
                .run();
    }

    @Test
    void eventsRefused() {
        identity(a, "nobody", client);
        strangers("events-refused").run();
    }

    @Test
    void monitorOptions() {
        replay("monitor-options").run();
    }

    @Test
    void monitorKeepalive() {
        replay("monitor-keepalive").run();
    }
}
