package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** A cluster changes its certificate: what a linked Linkspan, a stock LXD and one that can't be reached make of it. */
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(180)
class RotationIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ROTATION = "/1.0/linkspan/certificates/rotation";
    private static final String LINKS = "/1.0/cluster/links";

    private static LinkspanProcess a;
    private static LinkspanProcess b;
    private static ApiClient admin;
    private static ApiClient other;

    @BeforeAll
    static void start() {
        a = server("rotates");
        b = server("linked");
        admin = a.admin();
        other = b.admin();
    }

    private static LinkspanProcess server(String name) {
        return LinkspanProcess.named(name)
                .environment("LINKSPAN_PROBE_INTERVAL", "500ms")
                .environment("LINKSPAN_PROBE_LONGESTPAUSE", "1s")
                .start();
    }

    @AfterAll
    static void stop() {
        assertThat(a.output()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
        a.close();
        b.close();
    }

    private static void linkServers(String name) {
        Answer issued = admin.post(LINKS, Map.of("name", name, "type", "bidirectional"));
        Answer made = other.post(
                LINKS,
                Map.of(
                        "name",
                        name,
                        "type",
                        "bidirectional",
                        "trust_token",
                        TrustTokenText.of(issued.metadata()).encode()));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
    }

    /** A link on which only {@code from} calls {@code to}. */
    private static void linkOneWay(ApiClient from, ApiClient to, String name) {
        Answer issued = to.post(LINKS, Map.of("name", name, "type", "unidirectional"));
        Answer made = from.post(
                LINKS,
                Map.of(
                        "name",
                        name,
                        "type",
                        "unidirectional",
                        "trust_token",
                        TrustTokenText.of(issued.metadata()).encode()));
        assertThat(made.status()).as("%s", made).isEqualTo(200);
    }

    private static JsonNode result(JsonNode report, String link) {
        return report.path("links")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(link))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + link + " in " + report));
    }

    private static String status(ApiClient caller, String link) {
        return caller.get("/1.0/linkspan/cluster-links/" + link + "/contacts")
                .metadata()
                .path("contact")
                .path("status")
                .asString();
    }

    private static void awaitActive(ApiClient caller, String link) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(status(caller, link)).as(link).isEqualTo("active"));
    }

    @AfterEach
    void cleanUp() {
        for (String link : List.of("linkspan", "stock", "away", "lost", "refuses")) {
            admin.delete(LINKS + "/" + link);
            other.delete(LINKS + "/" + link);
        }
        admin.delete(ROTATION);
    }

    @Test
    void rotationWhenPeersAreToldThenBreaksNoLink() {
        String before = a.fingerprint();
        linkServers("linkspan");
        try (BothSides stock = new BothSides(a, admin, "stock")) {
            assertThat(stock.consume().status()).isEqualTo(201);
            awaitActive(admin, "stock");

            Answer prepared = admin.post(ROTATION, null);
            assertThat(prepared.status()).as("%s", prepared).isEqualTo(200);
            String next = prepared.metadata().path("next").asString();
            assertThat(a.https()
                            .get("/1.0/linkspan/certificates")
                            .metadata()
                            .path("next")
                            .path("fingerprint")
                            .asString())
                    .isEqualTo(next);
            assertThat(admin.post(ROTATION, null).metadata().path("next").asString())
                    .isEqualTo(next);
            assertThat(a.fingerprint()).isEqualTo(before);

            await().atMost(SOON).untilAsserted(() -> {
                JsonNode report = admin.get(ROTATION).metadata();
                assertThat(result(report, "linkspan").path("result").asString()).isEqualTo("accepts");
                assertThat(result(report, "stock").path("result").asString()).isEqualTo("to_be_told");
            });
            Answer early = admin.post(ROTATION + "/activate", Map.of("fingerprint", next));
            assertThat(early.status()).isEqualTo(409);
            assertThat(early.error()).contains("\"stock\"").doesNotContain("\"linkspan\"");

            Answer told = admin.post(ROTATION + "/tell", Map.of("fingerprint", next));
            assertThat(result(told.metadata(), "stock").path("result").asString())
                    .isEqualTo("told");
            assertThat(stock.peer().trusts(next)).isTrue();
            assertThat(stock.peer().trusts(before)).isFalse();

            Answer active = admin.post(ROTATION + "/activate", Map.of("fingerprint", next));
            assertThat(active.status()).as("%s", active).isEqualTo(200);
            assertThat(a.fingerprint()).isEqualTo(next);
            awaitActive(admin, "stock");
            awaitActive(admin, "linkspan");
            awaitActive(other, "linkspan");
            assertThat(status(admin, "stock")).isEqualTo("active");
            await().atMost(SOON).untilAsserted(() -> assertThat(other.get("/1.0/auth/identities/tls/linkspan")
                            .metadata()
                            .path("id")
                            .asString())
                    .isEqualTo(next));
            assertThat(other.get("/1.0/linkspan/cluster-links/linkspan/contacts")
                            .metadata()
                            .path("changes")
                            .valueStream()
                            .map(change -> change.path("status").asString())
                            .toList())
                    .containsExactly("active");
        }
    }

    @Test
    void rotationWhenLinksAreOneWayThenBreaksNoLink() {
        linkOneWay(admin, other, "outgoing");
        awaitActive(admin, "outgoing");
        String next = admin.post(ROTATION, null).metadata().path("next").asString();
        assertThat(result(admin.get(ROTATION).metadata(), "outgoing")
                        .path("result")
                        .asString())
                .isEqualTo("to_be_told");
        assertThat(result(admin.post(ROTATION + "/tell", null).metadata(), "outgoing")
                        .path("result")
                        .asString())
                .isEqualTo("told");
        assertThat(admin.post(ROTATION + "/activate", null).status()).isEqualTo(200);
        assertThat(admin.post("/1.0/linkspan/cluster-links/outgoing/refresh", null)
                        .metadata()
                        .path("status")
                        .asString())
                .isEqualTo("active");
        assertThat(other.get("/1.0/auth/identities/tls/outgoing")
                        .metadata()
                        .path("id")
                        .asString())
                .isEqualTo(next);
        admin.delete(LINKS + "/outgoing");
        other.delete("/1.0/auth/identities/tls/outgoing");

        linkOneWay(other, admin, "incoming");
        awaitActive(other, "incoming");
        admin.post(ROTATION, null);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(result(admin.get(ROTATION).metadata(), "incoming")
                                .path("result")
                                .asString())
                        .isEqualTo("accepts"));
        assertThat(admin.post(ROTATION + "/activate", null).status()).isEqualTo(200);
        assertThat(other.post("/1.0/linkspan/cluster-links/incoming/refresh", null)
                        .metadata()
                        .path("status")
                        .asString())
                .isEqualTo("active");
        other.delete(LINKS + "/incoming");
        admin.delete("/1.0/auth/identities/tls/incoming");
    }

    @Test
    void rotationWhenAPeerIsAwayThenItIsToldLate() {
        try (BothSides away = new BothSides(a, admin, "away")) {
            assertThat(away.consume().status()).isEqualTo(201);
            awaitActive(admin, "away");
            String before = a.fingerprint();
            away.peer().address().hangUp();

            String next = admin.post(ROTATION, null).metadata().path("next").asString();
            JsonNode result = result(admin.get(ROTATION).metadata(), "away");
            assertThat(result.path("result").asString()).isEqualTo("unreachable");
            assertThat(result.path("breaks").asBoolean()).isTrue();
            assertThat(result.path("detail").asString()).contains("replace the certificate of this cluster's identity");
            assertThat(admin.post(ROTATION + "/activate", Map.of()).status()).isEqualTo(409);
            assertThat(admin.post(ROTATION + "/activate", Map.of("force", true)).status())
                    .isEqualTo(200);
            assertThat(a.fingerprint()).isEqualTo(next);
            JsonNode after = result(admin.get(ROTATION).metadata(), "away");
            assertThat(after.path("result").asString()).isEqualTo("unreachable");
            assertThat(after.path("breaks").asBoolean()).isTrue();

            away.peer().address().behave();
            await().atMost(SOON).until(() -> away.peer().trusts(next));
            assertThat(away.peer().trusts(before)).isFalse();
            awaitActive(admin, "away");
        }
    }

    @Test
    void rotationWhenLinksAreMadeAfterItThenTheyNeedNotBeToldOfIt() {
        admin.post(ROTATION, null);
        assertThat(admin.post(ROTATION + "/activate", Map.of("force", true)).status())
                .isEqualTo(200);
        try (BothSides consumed = new BothSides(a, admin, "away");
                BothSides issued = new BothSides(a, admin, "lost");
                BothSides oneWay = new BothSides(a, admin, "refuses", BothSides.Way.ONE)) {
            assertThat(consumed.consume().status()).isEqualTo(201);
            assertThat(issued.peer().activate(issued.issue()).status()).isEqualTo(201);
            assertThat(oneWay.consume().status()).isEqualTo(200);
            Answer pending = admin.post(LINKS, Map.of("name", "called-once", "type", "unidirectional"));
            String token = TrustTokenText.of(pending.metadata()).encode();
            assertThat(a.https()
                            .as(TestCertificates.lxdServer("called-once"))
                            .post("/1.0/auth/identities/tls", Map.of("trust_token", token))
                            .status())
                    .isEqualTo(201);
            for (BothSides link : List.of(consumed, issued, oneWay)) {
                link.peer().address().hangUp();
            }

            JsonNode report = admin.get(ROTATION).metadata();

            for (String name : List.of("away", "lost", "refuses", "called-once")) {
                assertThat(result(report, name).path("result").asString())
                        .as(name)
                        .isEqualTo("accepts");
                assertThat(result(report, name).path("breaks").asBoolean())
                        .as(name)
                        .isFalse();
            }
            assertThat(result(report, "away").path("detail").asString())
                    .isEqualTo("it does not answer now, but knows this certificate");
        } finally {
            admin.delete("/1.0/auth/identities/tls/called-once");
        }
    }

    @Test
    void rotationWhenTokensAreOutThenTheyExpire() {
        admin.post(LINKS, Map.of("name", "called-twice", "type", "bidirectional"));
        String token = TrustTokenText.of(
                        admin.post("/1.0/auth/identities/tls", Map.of("name", "late-client", "token", true))
                                .metadata())
                .encode();
        admin.post(ROTATION, null);
        assertThat(admin.post(ROTATION + "/activate", Map.of("force", true)).status())
                .isEqualTo(200);
        try {
            Answer used = a.https()
                    .as(TestCertificates.client("late-client"))
                    .post("/1.0/auth/identities/tls", Map.of("trust_token", token));

            assertThat(used.status()).isEqualTo(500);
            assertThat(used.error()).endsWith("Token has expired");
            JsonNode link = admin.get("/1.0/linkspan/cluster-links")
                    .metadata()
                    .valueStream()
                    .filter(one -> one.path("name").asString().equals("called-twice"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Instant.parse(link.path("token_expires_at").asString())).isBeforeOrEqualTo(Instant.now());
            assertThat(admin.get("/1.0/linkspan/events?link=called-twice")
                            .metadata()
                            .path("events")
                            .valueStream()
                            .map(event -> event.path("metadata").path("action").asString()))
                    .contains("identity-updated");
        } finally {
            admin.delete(LINKS + "/called-twice");
            admin.delete("/1.0/auth/identities/tls/late-client");
        }
    }

    @Test
    void rotationWhenThePeersAnswerIsLostThenItCountsAsTold() {
        try (BothSides lost = new BothSides(a, admin, "lost")) {
            assertThat(lost.consume().status()).isEqualTo(201);
            awaitActive(admin, "lost");
            lost.peer().on("PUT", "/1.0/auth/identities/tls/" + a.fingerprint()).once(Fault.commitThenReset());
            admin.post(ROTATION, null);
            JsonNode told = admin.post(ROTATION + "/tell", null).metadata();
            assertThat(result(told, "lost").path("result").asString()).isEqualTo("told");

            Answer cancelled = admin.delete(ROTATION);
            assertThat(cancelled.status()).as("%s", cancelled).isEqualTo(200);
            assertThat(lost.peer().trusts(a.fingerprint())).isTrue();
            assertThat(admin.get(ROTATION).metadata().has("next")).isFalse();
            awaitActive(admin, "lost");
        }
    }

    @Test
    void rotationWhenThePeerRefusesThenSaysSo() {
        try (BothSides refuses = new BothSides(a, admin, "refuses")) {
            assertThat(refuses.consume().status()).isEqualTo(201);
            refuses.peer()
                    .on("PUT", "/1.0/auth/identities/tls/" + a.fingerprint())
                    .always(Fault.refuse(500, "No"));
            admin.post(ROTATION, null);
            JsonNode told = result(admin.post(ROTATION + "/tell", null).metadata(), "refuses");
            assertThat(told.path("result").asString()).isEqualTo("refused");
            assertThat(told.path("detail").asString()).isEqualTo("No");
            assertThat(admin.delete(ROTATION).status()).isEqualTo(200);
        }
    }

    @Test
    void rotationWhenAskedWithoutRightsThenIsRefused() {
        for (ApiClient caller : List.of(a.client(), a.https())) {
            assertThat(caller.get(ROTATION).status()).isEqualTo(403);
            assertThat(caller.post(ROTATION, null).status()).isEqualTo(403);
            assertThat(caller.post(ROTATION + "/tell", null).status()).isEqualTo(403);
            assertThat(caller.post(ROTATION + "/activate", Map.of("force", true))
                            .status())
                    .isEqualTo(403);
            assertThat(caller.delete(ROTATION).status()).isEqualTo(403);
        }
        assertThat(admin.post(ROTATION + "/activate", null).status()).isEqualTo(400);
        assertThat(admin.post(ROTATION + "/tell", null).error()).startsWith("No next certificate is prepared");
    }
}
