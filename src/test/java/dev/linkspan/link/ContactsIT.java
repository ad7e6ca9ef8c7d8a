package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What is known of the contact to a linked cluster, whatever that one does, and what becomes of its addresses. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class ContactsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OWN = "/1.0/linkspan/cluster-links/";

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("contacts")
                .environment("LINKSPAN_PROBE_INTERVAL", "500ms")
                .environment("LINKSPAN_PROBE_LONGESTPAUSE", "2s")
                .start();
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        // Probes and abandoned connections are no reason for an alarm.
        assertThat(server.output()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
        server.close();
    }

    private static BothSides active(String name, int addresses) {
        BothSides link = new BothSides(server, admin, name);
        for (int i = 1; i < addresses; i++) {
            link.peer().addAddress();
        }
        Answer answer = link.consume();
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        awaitStatus(link, "active");
        return link;
    }

    private static JsonNode history(BothSides link) {
        return admin.get(OWN + link.link() + "/contacts").metadata();
    }

    private static JsonNode contact(BothSides link) {
        return history(link).path("contact");
    }

    private static void awaitStatus(BothSides link, String status) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(contact(link).path("status").asString())
                        .as("%s", history(link))
                        .isEqualTo(status));
    }

    @Test
    void peerThatAnswersThenIsActiveAndItsHoursAreCounted() {
        try (BothSides link = active("answers", 2)) {
            JsonNode contact = contact(link);
            assertThat(contact.path("good_addresses").asInt()).isEqualTo(2);
            assertThat(contact.path("all_addresses").asInt()).isEqualTo(2);
            assertThat(Instant.parse(contact.path("last_contact_at").asString()))
                    .isCloseTo(Instant.now(), within(SOON.toSeconds(), ChronoUnit.SECONDS));
            await().atMost(SOON)
                    .until(() -> history(link)
                                    .path("hours")
                                    .valueStream()
                                    .mapToInt(hour -> hour.path("contacts").asInt())
                                    .sum()
                            >= 3);
            assertThat(admin.get("/1.0/linkspan/contacts").metadata().toString())
                    .contains("{\"name\":\"answers\",\"status\":\"active\"");
        }
    }

    @Test
    void peerThatRemovedItsSideThenIsNotTrusted() {
        try (BothSides link = active("removed", 1)) {
            link.peer().forget(server.fingerprint());
            awaitStatus(link, "not_trusted");
            assertThat(contact(link).path("reason").asString()).contains("removed its side");
            JsonNode changes = history(link).path("changes");
            assertThat(texts(changes, "status")).startsWith("not_trusted", "active");
            assertThat(changes.get(1).path("good_addresses").asInt()).isPositive();
            assertThat(changes.get(1).path("all_addresses"))
                    .isEqualTo(history(link).path("contact").path("all_addresses"));
            assertThat(link.state().metadata().toString()).contains("\"Unauthenticated\"");
        }
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(item -> item.path(field).asString()).toList();
    }

    @Test
    void peerThatIsSilentThenIsUnreachableAndAskedLessOften() {
        try (BothSides link = active("silent", 1)) {
            PeerAddress address = link.peer().address();
            address.hangUp();
            awaitStatus(link, "unreachable");
            assertThat(contact(link).path("reason").asString()).isNotEmpty();
            assertThat(contact(link).path("last_contact_at").isString()).isTrue();
            await().atMost(SOON).until(() -> failures(link) >= 3);
            Instant before = checkedAt(link);
            await().atMost(SOON).until(() -> checkedAt(link).isAfter(before));
            // A good link is asked again after half a second; the longest pause is 2 s, 10 % more or less.
            assertThat(Duration.between(before, checkedAt(link))).isGreaterThan(Duration.ofMillis(1_750));
            address.behave();
            awaitStatus(link, "active");
        }
    }

    private static Instant checkedAt(BothSides link) {
        return Instant.parse(contact(link).path("checked_at").asString());
    }

    private static int failures(BothSides link) {
        return history(link)
                .path("hours")
                .valueStream()
                .mapToInt(hour -> hour.path("failures").asInt())
                .sum();
    }

    @Test
    void peerThatShowsAnotherCertificateThenIsPinnedAfterConfirmation() {
        try (BothSides link = active("changed", 1)) {
            TestCertificate other = TestCertificates.lxdServer("changed");
            link.peer().address().serve(other);
            awaitStatus(link, "certificate_changed");
            JsonNode history = history(link);
            assertThat(history.path("shown_certificate").path("fingerprint").asString())
                    .isEqualTo(other.fingerprint());
            assertThat(history.path("shown_certificate").path("certificate").asString())
                    .isEqualTo(other.pem());
            assertThat(history.path("pinned_certificate").path("fingerprint").asString())
                    .isEqualTo(link.peer().fingerprint());
            assertThat(link.state().metadata().toString()).contains("\"Unreachable\"");

            Answer unknown = admin.post(OWN + "changed/pin", Map.of("fingerprint", "0".repeat(64)));
            assertThat(unknown.status()).isEqualTo(409);
            assertThat(admin.post(OWN + "changed/pin", Map.of()).status()).isEqualTo(400);
            assertThat(admin.post(OWN + "changed/pin", Map.of("fingerprint", "x"))
                            .status())
                    .isEqualTo(409);
            Answer same = admin.post(
                    OWN + "changed/pin", Map.of("fingerprint", link.peer().fingerprint()));
            assertThat(same.status()).isEqualTo(400);
            assertThat(server.client()
                            .post(OWN + "changed/pin", Map.of("fingerprint", other.fingerprint()))
                            .status())
                    .isEqualTo(404);

            Answer pinned = admin.post(OWN + "changed/pin", Map.of("fingerprint", other.fingerprint()));
            assertThat(pinned.status()).as("%s", pinned).isEqualTo(200);
            awaitStatus(link, "active");
            assertThat(link.weTrust(other)).isTrue();
            assertThat(link.weTrust(link.peer().certificate())).isFalse();
        }
    }

    @Test
    void addressesWhenThePeerHasMoreMembersThenThoseThatProveItsCertificateAreStored() {
        try (BothSides link = active("grows", 1)) {
            String first = link.addresses().getFirst();
            // A colleague edits the link while its peer is asked for addresses: neither change is lost.
            link.peer().on("GET", "/1.0/cluster/members").always(exchange -> {
                admin.patch("/1.0/cluster/links/grows", Map.of("config", Map.of("user.note", "kept")));
                exchange.send(exchange.commit());
            });
            link.peer().clustered();
            PeerAddress good = link.peer().addAddress();
            link.peer().addAddress(TestCertificates.lxdServer("somebody-else"));

            // The probe shows the change: the peer names other addresses and says that it is clustered.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(link.addresses()).containsExactly(first, good.address()));
            assertThat(link.addresses()).hasSize(2);
            assertThat(link.get().metadata().path("config").path("user.note").asString(""))
                    .isEqualTo("kept");

            link.peer().address().hangUp();
            Answer refreshed = admin.post(OWN + "grows/refresh", null);
            assertThat(refreshed.status()).as("%s", refreshed).isEqualTo(200);
            assertThat(refreshed.metadata().path("status").asString()).isEqualTo("active");
            assertThat(link.addresses()).contains(first, good.address());
        }
    }

    @Test
    void peerWhoseFirstAddressesAreAllGoneThenIsFoundAtTheOthers() {
        try (BothSides link = new BothSides(server, admin, "moved")) {
            PeerAddress gone = link.peer().addEverywhere();
            List<String> addresses = new ArrayList<>(gone.ofLoopback(64));
            addresses.add(link.peer().address().address());
            assertThat(link.peer().consume("moved", link.issue(), addresses).status())
                    .isEqualTo(201);
            awaitStatus(link, "active");
            gone.hangUp();

            Answer refreshed = admin.post(OWN + "moved/refresh", null);

            assertThat(refreshed.metadata().path("status").asString(""))
                    .as("%s", refreshed)
                    .isEqualTo("active");
        }
    }

    @Test
    void addressesWhenThePeerIsNotClusteredThenStay() {
        try (BothSides link = active("alone", 1)) {
            List<String> before = link.addresses();
            link.peer().on("GET", "/1.0/cluster/members").always(Fault.garbage());
            assertThat(admin.post(OWN + "alone/refresh", null).status()).isEqualTo(200);
            assertThat(link.addresses()).isEqualTo(before);
            assertThat(admin.post("/1.0/linkspan/contacts/refresh", null)
                            .metadata()
                            .path("links")
                            .asInt())
                    .isPositive();
        }
    }

    @Test
    void contactsWhenAskedWithoutRightsThenAreHidden() {
        try (BothSides link = active("hidden", 1)) {
            ApiClient nobody = server.client();
            assertThat(nobody.get(OWN + "hidden/contacts").status()).isEqualTo(404);
            assertThat(nobody.post(OWN + "hidden/refresh", null).status()).isEqualTo(404);
            assertThat(nobody.get("/1.0/linkspan/contacts").metadata().toString())
                    .isEqualTo("[]");
            assertThat(server.https().get(OWN + "hidden/contacts").status()).isEqualTo(403);
            assertThat(link.delete().status()).isEqualTo(200);
            assertThat(admin.get(OWN + "hidden/contacts").status()).isEqualTo(404);
        }
    }

    @Test
    void contactsWhenTheLinkIsPendingThenSaySo() {
        try (BothSides link = new BothSides(server, admin, "waits")) {
            link.issue();
            Answer answer = admin.get(OWN + "waits/contacts");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("Cluster link \"waits\" is not active yet, so there is no contact");
        }
    }
}
