package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Public links: looked at, compared by a person, confirmed or refused, whatever the other side does meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedServer.class)
@Timeout(90)
class PublicLinksIT {
    private static final String LINKS = BothSides.LINKS;

    /** One public link to a peer of its own, as one client sees it. */
    private record Public(ApiClient client, String name, ScriptedPeer peer) implements AutoCloseable {
        static Public of(String name) {
            return new Public(SharedServer.admin(), "public-" + name, ScriptedPeer.start("public-" + name + "-peer"));
        }

        Public as(ApiClient other) {
            return new Public(other, name, peer);
        }

        Answer begin() {
            return begin(peer.address().address());
        }

        Answer begin(String address) {
            return client.post(LINKS, body(Map.of("remote_address", address)));
        }

        Answer confirm() {
            return confirm(peer.certificate().pem());
        }

        Answer confirm(String pem) {
            return client.post(
                    LINKS, body(Map.of("remote_address", peer.address().address(), "cluster_certificate", pem)));
        }

        Map<String, Object> body(Map<String, Object> more) {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("name", name, "type", "public"));
            body.putAll(more);
            return body;
        }

        Answer get() {
            return client.get(LINKS + "/" + name);
        }

        Answer delete() {
            return client.delete(LINKS + "/" + name);
        }

        Answer state() {
            return client.get(LINKS + "/" + name + "/state");
        }

        String config() {
            return get().metadata().path("config").toString();
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer;
    }

    private static void refused(Answer answer, int status, String error) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void confirmedLinkKnowsThePeerAndIsUnknownToIt() {
        try (Public link = Public.of("fine")) {
            Answer shown = done(link.begin());
            assertThat(shown.metadata().path("fingerprint").asString())
                    .isEqualTo(link.peer().fingerprint());
            assertThat(shown.metadata().path("certificate").asString())
                    .isEqualTo(link.peer().certificate().pem());

            done(link.confirm());

            String address = link.peer().address().address();
            assertThat(link.config()).isEqualTo("{\"volatile.addresses\":\"" + address + "\"}");
            assertThat(link.state().metadata().path("cluster_link_members").toString())
                    .isEqualTo(
                            "[{\"server_name\":\"\",\"address\":\"" + address + "\",\"status\":\"Unauthenticated\"}]");
            assertThat(link.client()
                            .get("/1.0/linkspan/cluster-links/" + link.name() + "/state")
                            .metadata()
                            .path("standing")
                            .asString())
                    .isEqualTo("active");
            assertThat(link.peer().requests()).isNotEmpty().allMatch(request -> request.caller() == null);
            done(link.delete());
        }
    }

    /** P1: whoever did not get the answer asks again, and sees what is shown by then. */
    @Test
    void beginAgainShowsTheCertificateOfNow() {
        try (Public link = Public.of("again")) {
            done(link.begin());
            TestCertificate next = TestCertificates.lxdServer("next");
            link.peer().address().present(next);

            Answer again = done(link.client()
                    .post(
                            LINKS,
                            link.body(Map.of(
                                    "remote_address",
                                    link.peer().address().address(),
                                    "description",
                                    "second",
                                    "config",
                                    Map.of("user.x", "1", "volatile.addresses", "127.0.0.1:1")))));

            assertThat(again.metadata().path("fingerprint").asString()).isEqualTo(next.fingerprint());
            assertThat(link.get().metadata().path("description").asString()).isEqualTo("second");
            assertThat(link.get().metadata().path("config").propertyNames())
                    .containsExactly("user.x", "volatile.pending_address", "volatile.pending_certificate");
            refused(
                    link.confirm(),
                    400,
                    "Certificate does not match the certificate returned when the pending cluster link was created");
            done(link.confirm(next.pem()));
        }
    }

    /** P2: the client gave up and deletes; nothing is left, and the same works again. */
    @Test
    void deletedAfterItsConfirmationWasLostThenCanBeMadeAgain() {
        try (Public link = Public.of("lost")) {
            done(link.begin());
            done(link.confirm());
            done(link.delete());
            done(link.begin());
            done(link.confirm());
        }
    }

    /** P3: the stock client cleans up after anything but 409. */
    @Test
    void confirmWhenTheCertificateIsStoredAlreadyThenNotAConflict() {
        try (Public first = Public.of("stored-first");
                ScriptedPeer none = ScriptedPeer.start("none")) {
            done(first.begin());
            done(first.confirm());
            Public second = new Public(first.client(), "public-stored-second", first.peer());

            done(second.begin());
            refused(second.confirm(), 400, "Failed creating certificate: Certificate already exists");

            done(second.delete());
            assertThat(first.state().status()).isEqualTo(200);
            assertThat(none.requests()).isEmpty();
        }
    }

    /** P4: one of two people confirms, the other declines, whose client deletes the link. */
    @Test
    void declinedByOneWhileConfirmedByAnotherThenKept() {
        try (Public link = Public.of("declined")) {
            Public second = link.as(SharedServer.server().admin());
            done(link.begin());
            done(second.begin());
            done(link.confirm());

            refused(
                    second.delete(),
                    409,
                    "Cluster link \"" + link.name()
                            + "\" was confirmed by somebody else since its certificate was shown"
                            + " to you, and was not deleted. To delete it all the same, repeat the request");
            refused(second.confirm(), 409, "Cluster link \"" + link.name() + "\" has already been confirmed");
            assertThat(link.config()).contains("volatile.addresses");
            done(second.delete());
        }
    }

    /** P5: between the two steps the peer got another certificate. */
    @Test
    void confirmWhenTheCertificateWasReplacedThenRefused() {
        try (Public link = Public.of("replaced")) {
            done(link.begin());
            link.peer().address().present(TestCertificates.lxdServer("next"));

            Answer answer = link.confirm();

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.error()).contains("shows another certificate now");
            assertThat(link.config()).contains("volatile.pending_certificate");
            done(link.delete());
        }
    }

    @Test
    void confirmWhenThePeerIsDownThenPinned() {
        try (Public link = Public.of("down")) {
            done(link.begin());
            link.peer().address().hangUp();
            done(link.confirm());
            assertThat(link.config()).contains("volatile.addresses");
        }
    }

    @Test
    void pendingLinkIsInertAndCanBeEditedRenamedAndDeleted() {
        try (Public link = Public.of("inert")) {
            done(link.begin());
            refused(
                    link.state(),
                    404,
                    "Failed loading cluster link \"" + link.name() + "\": Failed loading cluster link certificate: No"
                            + " certificate found for cluster link");
            String path = LINKS + "/" + link.name();
            refused(
                    link.client().put(path, Map.of("config", Map.of("user.x", "1"))),
                    400,
                    "Volatile configuration keys cannot be modified");
            refused(
                    link.client().patch(path, Map.of("config", Map.of("volatile.pending_address", "127.0.0.1:1"))),
                    400,
                    "Volatile configuration keys cannot be modified");
            String tag = link.get().etag();
            done(link.client().patch(path, Map.of("config", Map.of("user.x", "1")), "If-Match: " + tag));
            assertThat(link.client()
                            .patch(path, Map.of("description", "late"), "If-Match: " + tag)
                            .status())
                    .isEqualTo(412);
            assertThat(link.client()
                            .post("/1.0/linkspan/cluster-links/" + link.name() + "/token", null)
                            .status())
                    .isEqualTo(400);
            done(link.client().post(path, Map.of("name", link.name() + "-2")));
            done(link.client().delete(path + "-2"));
        }
    }

    @Test
    void nameThatIsTakenOrConfirmed() {
        try (Public link = Public.of("taken")) {
            done(link.begin());
            refused(link.confirm("junk"), 400, "Failed parsing cluster certificate: Invalid PEM block");
            done(link.confirm());
            refused(link.begin(), 409, "Cluster link \"" + link.name() + "\" has already been confirmed");
            refused(link.confirm(), 409, "Cluster link \"" + link.name() + "\" has already been confirmed");

            Public other = new Public(link.client(), "public-bidirectional", link.peer());
            assertThat(link.client()
                            .post(LINKS, Map.of("name", other.name(), "type", "bidirectional"))
                            .status())
                    .isEqualTo(201);
            refused(
                    other.begin(),
                    409,
                    "Cluster link \"public-bidirectional\" already exists and is not a public cluster link");
            refused(other.confirm(), 400, "Cluster link \"public-bidirectional\" is not a public cluster link");
            refused(
                    new Public(link.client(), "public-none", link.peer()).confirm(),
                    404,
                    "Failed loading pending cluster link \"public-none\": Failed loading cluster link: Cluster link not"
                            + " found");
        }
    }

    @Test
    void addressThatLeadsToUs() {
        try (Public link = Public.of("self")) {
            String own = SharedServer.server().address();
            refused(link.begin(own), 400, "\"" + own + "\" is an address of this cluster itself");
            assertThat(link.get().status()).isEqualTo(404);
        }
    }

    @Test
    void peerThatIsSomethingElse() {
        Map<Fault, Integer> faults = new LinkedHashMap<>();
        faults.put(Fault.html(), 500);
        faults.put(Fault.otherJson(), 500);
        faults.put(Fault.garbage(), 500);
        faults.put(Fault.refuse(503, "Out of order"), 503);
        faults.put(Fault.redirect(SharedServer.server().address()), 500);
        faults.put(Fault.endlessBody(), 500);
        faults.put(Fault.drop(), 500);
        try (Public link = Public.of("other")) {
            faults.forEach((fault, status) -> {
                link.peer().behave();
                link.peer().on("GET", "/").always(fault);
                link.peer().on("GET", "/1.0").always(fault);

                Answer answer = link.begin();

                assertThat(answer.status()).as("%s", answer).isEqualTo(status);
                String address = link.peer().address().address();
                assertThat(answer.error())
                        .startsWith("Failed verifying \"" + address
                                + "\" is a LXD server: Failed querying /1.0 endpoint at \"" + address + "\": ");
                assertThat(link.get().status()).isEqualTo(404);
            });
        }
    }

    @Test
    void peerThatIsSilent() {
        try (Public link = Public.of("silent")) {
            link.peer().address().stall();
            Instant start = Instant.now();

            Answer answer = link.begin();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
            String address = link.peer().address().address();
            refused(
                    answer,
                    500,
                    "Failed retrieving certificate from \"" + address + "\": Get \"https://" + address
                            + "\": timed out");
        }
    }

    @Test
    void addressThatIsNone() {
        try (Public link = Public.of("nowhere")) {
            for (String address :
                    new String[] {" ", ":", "a b:1", "127.0.0.1:99999", "https://127.0.0.1:1", "x@y:1", "a/b"}) {
                Answer answer = link.begin(address);
                assertThat(answer.status()).as("%s: %s", address, answer).isBetween(400, 500);
                assertThat(answer.error()).startsWith("Failed retrieving certificate from ");
            }
            refused(link.begin(""), 400, "Public cluster links require remote_address");
        }
    }

    @Test
    void certificateThatNobodyCouldTrust() {
        try (Public link = Public.of("expired")) {
            link.peer().address().present(TestCertificates.expired("expired"));
            Answer answer = link.begin();
            assertThat(answer.status()).as("%s", answer).isIn(400, 500);
            assertThat(answer.error()).isEqualTo("The provided certificate is expired");
        }
    }
}
