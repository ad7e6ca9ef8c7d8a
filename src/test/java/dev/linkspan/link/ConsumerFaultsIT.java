package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.link.BothSides.Way;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
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
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * We consume a token, and the issuer or the network fails. Afterwards both sides agree, without a person. All tests
 * share one server and run at once, since several wait for half a minute and more.
 */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedServer.class)
@Timeout(150)
@ParameterizedClass
@EnumSource(Way.class)
class ConsumerFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** 35 s until an untrusting peer is believed, plus our own pauses. */
    private static final Duration SETTLED = Duration.ofSeconds(75);
    /** What a caller waits at most, plus the time of a request on a busy machine. */
    private static final Duration CALLER = Duration.ofSeconds(62);

    @Parameter
    private Way way;

    private BothSides link(String name) {
        return SharedServer.link("consume-" + way + "-" + name, way);
    }

    @Test
    void nothingFails() {
        try (BothSides link = link("fine")) {
            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            assertThat(answer.location())
                    .isEqualTo(
                            way == Way.ONE
                                    ? null
                                    : "/1.0/auth/identities/tls/" + link.peer().fingerprint());
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).isEqualTo(link.peer().addresses());
            assertThat(link.activations()).hasSize(1);
        }
    }

    @Test
    void whenAnswerIsLostByResetThenActive() {
        try (BothSides link = link("reset")) {
            link.onActivation().once(Fault.commitThenReset());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenHalfOfTheAnswerComesThenActive() {
        try (BothSides link = link("half")) {
            link.onActivation().once(Fault.commitThenHalfABody());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenPeerFailsAfterItsCommitThenActive() {
        try (BothSides link = link("failed-after-commit")) {
            link.onActivation().once(Fault.commitThenRefuse(500, "Failed notifying the members"));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenPeerNeverAnswersThenCallerDoesWithinAMinute() {
        try (BothSides link = link("never")) {
            link.onActivation().once(Fault.commitThenSilence());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(CALLER);
            assertThat(answer.status()).as("%s", answer).isIn(way.made(), 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenPeerNeverAnswersNorCommitsThenNeither() {
        try (BothSides link = link("never-committed")) {
            link.onActivation().always(Fault.silence());
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
            link.onActivation().always(Fault.silence());
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
            link.onActivation().once(Fault.commitThenAnswerAfter(Duration.ofSeconds(8)));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenCommitComesThirtySecondsLateThenActive() {
        try (BothSides link = link("late-commit")) {
            link.onActivation().once(Fault.commitAfter(Duration.ofSeconds(30)));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isIn(way.made(), 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenConnectionIsLostAndPeerCommitsTwentySecondsLaterThenActive() {
        try (BothSides link = link("lost-then-commit")) {
            link.onActivation().once(exchange -> {
                Thread.ofPlatform().daemon().start(() -> {
                    BothSides.pause(Duration.ofSeconds(20));
                    exchange.commit();
                });
                exchange.reset();
            });

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isIn(way.made(), 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenFirstAddressIsDeadThenActiveWithTheOther() {
        try (BothSides link = link("dead-first")) {
            String live = link.peer().address().address();
            TrustTokenText token = link.token();

            Answer answer = link.consume(token.withAddresses(ScriptedPeer.deadAddress(), live));

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).containsExactly(live);
        }
    }

    @Test
    void whenAnswerIsLostAndSecondAddressKnowsNoSecretThenActive() {
        try (BothSides link = link("second-address")) {
            link.peer().addAddress();
            link.onActivation(link.peer().address()).always(Fault.commitThenReset());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
        }
    }

    @Test
    void whenFirstAddressDropsAndSecondCommitsThenActive() {
        try (BothSides link = link("second-commits")) {
            link.peer().addAddress();
            link.onActivation(link.peer().address()).always(Fault.drop());

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isIn(way.made(), 504);
            link.awaitBothActive(SETTLED);
        }
    }

    @Test
    void whenPeerDropsWithoutCommitThenNeither() {
        try (BothSides link = link("dropped")) {
            link.onActivation().always(Fault.drop());
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
            link.onActivation().always(Fault.refuse(403, "Not today"));

            Answer answer = link.consume();

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.error())
                    .isEqualTo(way.failed() + " \"" + link.link() + "\" after trying 1 address(es):"
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
            assertThat(answer.status()).as("%s", answer).isIn(way.made(), 502, 504);
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
            link.onActivation().once(exchange -> {
                exchange.address().stall();
                exchange.reset();
            });

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(504);
            assertThat(link.get().status()).isEqualTo(200);
            assertThat(link.addresses()).isEmpty();
            assertThat(link.agreement())
                    .startsWith(
                            way == Way.ONE
                                    ? "we: link without addresses, no identity, no trust"
                                    : "we: link without addresses, Cluster link certificate (pending), no trust");
            assertThat(link.delete().status()).isEqualTo(200);
            link.awaitNeither(SOON);
        }
    }

    @Test
    void whenActivationIsAnsweredBySomethingElseThenNeither() {
        Map<String, Fault> faults = Map.of(
                "html", Fault.html(),
                "other-json", Fault.otherJson(),
                "garbage", Fault.garbage(),
                "many-objects", Fault.manyObjects());
        faults.forEach((name, fault) -> {
            try (BothSides link = link(name)) {
                link.onActivation().always(fault);

                Answer answer = link.consume();

                assertThat(answer.status()).as("%s: %s", name, answer).isGreaterThanOrEqualTo(500);
                link.awaitNeither(SETTLED);
            }
        });
    }

    @Test
    void whenTheLinkIsReplacedByANamesakeMeanwhileThenThatStays() {
        try (BothSides link = link("namesake")) {
            CountDownLatch replaced = new CountDownLatch(1);
            link.onActivation().always(exchange -> {
                replaced.await();
                Fault.refuse(500, "Not any more").answer(exchange);
            });
            Future<Answer> consuming = AtOnce.begin(link::consume);
            while (link.activations().isEmpty()) {
                BothSides.pause(Duration.ofMillis(50));
            }
            assertThat(link.delete().status()).isEqualTo(200);
            link.issue();
            replaced.countDown();

            assertThat(AtOnce.result(consuming).status()).isGreaterThanOrEqualTo(400);

            link.assertStillPending();
        }
    }

    @Test
    void whenActivationIsRedirectedThenSecretGoesNowhereElse() {
        try (BothSides link = link("redirected");
                ScriptedPeer elsewhere = ScriptedPeer.start("elsewhere")) {
            link.onActivation().always(Fault.redirect(elsewhere.address().address()));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(400);
            link.awaitNeither(SETTLED);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void whenActivationIsAnsweredWithoutEndThenNeither() {
        try (BothSides link = link("endless")) {
            link.onActivation().always(Fault.endlessBody());
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
            link.onActivation().always(Fault.trickle(Duration.ofSeconds(1)));
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
            assertThat(link.activations()).hasSize(1);
        }
    }

    @Test
    void whenAddressServesAnotherCertificateThenItIsNotStored() {
        try (BothSides link = link("other-certificate")) {
            PeerAddress other = link.peer().addAddress(TestCertificates.lxdServer("other"));
            String live = link.peer().address().address();
            TrustTokenText token = link.token();

            Answer answer = link.consume(token.withAddresses(other.address(), ScriptedPeer.deadAddress(), live));

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).containsExactly(live);
        }
    }

    @Test
    void whenManyPeersAreSilentThenOthersAreAnswered() {
        List<BothSides> links = new ArrayList<>();
        List<Future<Answer>> calls = new ArrayList<>();
        ApiClient busy = SharedServer.server().admin();
        for (int i = 0; i < 20; i++) {
            BothSides link = new BothSides(SharedServer.server(), busy, "consume-" + way + "-silent-" + i, way);
            link.onActivation().always(Fault.silence());
            links.add(link);
            calls.add(AtOnce.begin(link::consume));
        }
        while (links.stream().anyMatch(link -> link.activations().isEmpty())) {
            BothSides.pause(Duration.ofMillis(100));
        }

        Instant start = Instant.now();
        assertThat(SharedServer.server().https().get("/1.0").status()).isEqualTo(200);
        assertThat(SharedServer.admin().get(BothSides.LINKS + "?recursion=1").status())
                .isEqualTo(200);
        assertThat(SharedServer.admin()
                        .post(
                                BothSides.LINKS,
                                "{\"name\":\"consume-meanwhile-" + way + "\",\"type\":\"bidirectional\"}")
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
