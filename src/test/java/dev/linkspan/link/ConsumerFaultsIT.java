package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * We consume a token, and the issuer or the network fails. Afterwards both sides agree, without a person. All tests
 * share one server and run at once, since several wait for half a minute and more.
 */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedServer.class)
@Timeout(150)
class ConsumerFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** 35 s until an untrusting peer is believed, plus our own pauses. */
    private static final Duration SETTLED = Duration.ofSeconds(75);
    /** What a caller waits at most, plus the time of a request on a busy machine. */
    private static final Duration CALLER = Duration.ofSeconds(62);

    private static BothSides link(String name) {
        return SharedServer.link("consume-" + name);
    }

    @Test
    void nothingFails() {
        try (BothSides link = link("fine")) {
            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(answer.location())
                    .isEqualTo("/1.0/auth/identities/tls/" + link.peer().fingerprint());
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).isEqualTo(link.peer().addresses());
            assertThat(link.peer().activations()).hasSize(1);
        }
    }

    @Test
    void whenAnswerIsLostByResetThenActive() {
        try (BothSides link = link("reset")) {
            link.peer().onActivation().once(Fault.commitThenReset());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenHalfOfTheAnswerComesThenActive() {
        try (BothSides link = link("half")) {
            link.peer().onActivation().once(Fault.commitThenHalfABody());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenPeerFailsAfterItsCommitThenActive() {
        try (BothSides link = link("failed-after-commit")) {
            link.peer().onActivation().once(Fault.commitThenRefuse(500, "Failed notifying the members"));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenPeerNeverAnswersThenCallerDoesWithinAMinute() {
        try (BothSides link = link("never")) {
            link.peer().onActivation().once(Fault.commitThenSilence());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isIn(201, 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenPeerNeverAnswersNorCommitsThenNeither() {
        try (BothSides link = link("never-committed")) {
            link.peer().onActivation().always(Fault.silence());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenTwoAddressesNeverAnswerNorCommitThenNeither() {
        try (BothSides link = link("both-silent")) {
            link.peer().addAddress();
            link.peer().onActivation().always(Fault.silence());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenAnswerComesEightSecondsLateThenActive() {
        try (BothSides link = link("late")) {
            link.peer().onActivation().once(Fault.commitThenAnswerAfter(Duration.ofSeconds(8)));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenCommitComesThirtySecondsLateThenActive() {
        try (BothSides link = link("late-commit")) {
            link.peer().onActivation().once(Fault.commitAfter(Duration.ofSeconds(30)));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isIn(201, 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenConnectionIsLostAndPeerCommitsTwentySecondsLaterThenActive() {
        try (BothSides link = link("lost-then-commit")) {
            link.peer().onActivation().once(exchange -> {
                Thread.ofPlatform().daemon().start(() -> {
                    BothSides.pause(Duration.ofSeconds(20));
                    exchange.commit();
                });
                exchange.reset();
            });

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isIn(201, 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenFirstAddressIsDeadThenActiveWithTheOther() {
        try (BothSides link = link("dead-first")) {
            String live = link.peer().address().address();
            TrustTokenText token = link.peer().issueToken(link.link());

            Answer answer = link.consume(token.withAddresses(ScriptedPeer.deadAddress(), live));

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).containsExactly(live);
        }
    }

    @Test
    void whenAnswerIsLostAndSecondAddressKnowsNoSecretThenActive() {
        try (BothSides link = link("second-address")) {
            link.peer().addAddress();
            link.peer().address().on("POST", BothSides.LINKS).always(Fault.commitThenReset());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenFirstAddressDropsAndSecondCommitsThenActive() {
        try (BothSides link = link("second-commits")) {
            link.peer().addAddress();
            link.peer().address().on("POST", BothSides.LINKS).always(Fault.drop());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isIn(201, 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenPeerDropsWithoutCommitThenNeither() {
        try (BothSides link = link("dropped")) {
            link.peer().onActivation().always(Fault.drop());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenPeerRefusesThenNeitherAtOnceWithItsText() {
        try (BothSides link = link("refused")) {
            link.peer().onActivation().always(Fault.refuse(403, "Not today"));

            Answer answer = link.consume();

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.error())
                    .isEqualTo("Failed activating cluster link \"" + link.link() + "\" after trying 1 address(es):"
                            + " Remote cluster address \""
                            + link.peer().address().address() + "\": Not today");
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void whenHandshakeStallsFromTheStartThenNeither() {
        try (BothSides link = link("stalled")) {
            link.peer().address().stall();
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).startsWith("Failed validating cluster certificate: ");
            link.awaitNeither(SOON);
        }
    }

    @Test
    void whenHandshakeStallsForTheActivationThenNeither() {
        try (BothSides link = link("stalled-later")) {
            stallAtActivation(link);
            Future<Boolean> unblock = AtOnce.begin(() -> {
                BothSides.pause(Duration.ofSeconds(25));
                link.peer().behave();
                return true;
            });
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            AtOnce.result(unblock);
            assertThat(answer.status()).as("%s", answer).isIn(201, 502, 504);
            link.awaitAgreement(SETTLED);
        }
    }

    /** All connections end with their answer, and the one for the activation does not get through its handshake. */
    private static void stallAtActivation(BothSides link) {
        link.peer().on("GET", "/").always(exchange -> exchange.send(exchange.commit(), true));
        link.peer()
                .on("GET", "/1.0")
                .where(request -> request.caller() == null)
                .always(exchange -> exchange.send(exchange.commit(), true));
        link.peer().on("GET", "/1.0").authenticated().once(Fault.answerThenStall());
    }

    @Test
    void whenPeerStaysSilentThenLinkIsVisibleAndDeletable() {
        try (BothSides link = link("silent-for-good")) {
            link.peer().onActivation().once(exchange -> {
                exchange.address().stall();
                exchange.reset();
            });

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(504);
            assertThat(link.get().status()).isEqualTo(200);
            assertThat(link.addresses()).isEmpty();
            assertThat(link.agreement()).contains("Cluster link certificate (pending), no trust");
            assertThat(link.delete().status()).isEqualTo(200);
            link.awaitNeither(SOON);
        }
    }

    @Test
    void whenActivationIsAnsweredByHtmlThenNeither() {
        try (BothSides link = link("html")) {
            link.peer().onActivation().always(Fault.html());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenActivationIsAnsweredByOtherJsonThenNeither() {
        try (BothSides link = link("other-json")) {
            link.peer().onActivation().always(Fault.otherJson());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenActivationIsRedirectedThenSecretGoesNowhereElse() {
        try (BothSides link = link("redirected");
                ScriptedPeer elsewhere = ScriptedPeer.start("elsewhere")) {
            link.peer().onActivation().always(Fault.redirect(elsewhere.address().address()));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(400);
            link.awaitNeither(SETTLED);
            assertThat(elsewhere.activations()).isEmpty();
        }
    }

    @Test
    void whenActivationIsAnsweredWithoutEndThenNeither() {
        try (BothSides link = link("endless")) {
            link.peer().onActivation().always(Fault.endlessBody());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenActivationIsAnsweredByteByByteThenNeither() {
        try (BothSides link = link("trickle")) {
            link.peer().onActivation().always(Fault.trickle(Duration.ofSeconds(1)));
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(500);
            link.awaitNeither(SETTLED);
        }
    }

    @Test
    void whenPeerTrustsUsAlreadyThenRefusedWithReason() {
        try (BothSides link = link("already-trusted")) {
            link.consume();
            link.awaitBothActive(SOON);
            assertThat(link.delete().status()).isEqualTo(200);
            assertThat(link.peer().trusts(SharedServer.server().fingerprint())).isTrue();

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
            assertThat(answer.error()).isNotBlank();
            assertThat(link.get().status()).isEqualTo(404);
            assertThat(link.peer().activations()).hasSize(1);
        }
    }

    @Test
    void whenAddressServesAnotherCertificateThenItIsNotStored() {
        try (BothSides link = link("other-certificate")) {
            PeerAddress other = link.peer().addAddress(TestCertificates.lxdServer("other"));
            String live = link.peer().address().address();

            Answer answer = link.consume();

            assertThat(link.peer().addresses()).containsExactly(live, other.address());
            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).containsExactly(live);
        }
    }

    @Test
    void whenManyPeersAreSilentThenOthersAreAnswered() {
        List<BothSides> links = new ArrayList<>();
        List<Future<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            BothSides link = link("silent-" + i);
            link.peer().onActivation().always(Fault.silence());
            links.add(link);
            calls.add(AtOnce.begin(link::consume));
        }
        while (links.stream().anyMatch(link -> link.peer().activations().isEmpty())) {
            BothSides.pause(Duration.ofMillis(100));
        }

        Instant start = Instant.now();
        assertThat(SharedServer.server().https().get("/1.0").status()).isEqualTo(200);
        assertThat(SharedServer.admin().get(BothSides.LINKS + "?recursion=1").status())
                .isEqualTo(200);
        assertThat(SharedServer.admin()
                        .post(BothSides.LINKS, "{\"name\":\"consume-meanwhile\",\"type\":\"bidirectional\"}")
                        .status())
                .isEqualTo(201);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));

        calls.forEach(AtOnce::result);
        for (BothSides link : links) {
            link.awaitNeither(SETTLED);
            link.close();
        }
    }
}
