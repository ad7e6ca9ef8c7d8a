package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.link.BothSides.Way;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TrustTokenText;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code kill -9} in the middle of links, and what the next start makes of them. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(240)
class KilledIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofSeconds(90);

    /** One kill for all cases at once: each would wait half a minute. */
    @Test
    void whenKilledBetweenOurCommitAndTheAnswerThenBothSidesAgree() {
        try (LinkspanProcess server = LinkspanProcess.start("killed-consumer")) {
            ApiClient admin = server.admin();
            try (BothSides committed = new BothSides(server, admin, "had-committed");
                    BothSides refusing = new BothSides(server, admin, "refuses-later");
                    BothSides accepting = new BothSides(server, admin, "would-accept");
                    BothSides lateCommit = new BothSides(server, admin, "commits-during-restart");
                    BothSides oneWayCommitted = new BothSides(server, admin, "one-way-had-committed", Way.ONE);
                    BothSides oneWayRefusing = new BothSides(server, admin, "one-way-refuses-later", Way.ONE);
                    BothSides oneWayAccepting = new BothSides(server, admin, "one-way-would-accept", Way.ONE);
                    BothSides done = new BothSides(server, admin, "done-before")) {
                done.consume();
                done.awaitBothActive(SOON);
                committed.onActivation().once(Fault.commitThenSilence());
                refusing.onActivation().once(Fault.silence());
                accepting.onActivation().once(Fault.silence());
                oneWayCommitted.onActivation().once(Fault.commitThenSilence());
                oneWayRefusing.onActivation().once(Fault.silence());
                oneWayAccepting.onActivation().once(Fault.silence());
                lateCommit.onActivation().once(exchange -> {
                    Thread.ofPlatform().daemon().start(() -> {
                        BothSides.pause(Duration.ofSeconds(12));
                        exchange.commit();
                    });
                    exchange.holdUntilClosed();
                });
                BothSides[] begun = {
                    committed, refusing, accepting, lateCommit, oneWayCommitted, oneWayRefusing, oneWayAccepting
                };
                for (BothSides link : begun) {
                    AtOnce.begin(() -> consumeUntilKilled(link));
                }
                awaitActivation(begun);
                BothSides.pause(Duration.ofMillis(500));
                assertThat(committed.peer().trusts(server.fingerprint())).isTrue();

                server.kill9();
                refusing.onActivation().always(Fault.refuse(500, "No longer\n2026-01-01 00:00:00 ERROR forged"));
                oneWayRefusing.onActivation().always(Fault.refuse(500, "No longer"));
                server.start();

                done.awaitBothActive(SOON);
                committed.awaitBothActive(SOON);
                oneWayCommitted.awaitBothActive(SOON);
                lateCommit.awaitBothActive(SETTLED);
                refusing.awaitNeither(SETTLED);
                accepting.awaitAgreement(SETTLED);
                oneWayRefusing.awaitNeither(SETTLED);
                oneWayAccepting.awaitAgreement(SETTLED);
                // What a peer says is told in the log, but can't look like a line of it.
                assertThat(server.output()).contains("forged").doesNotContain("\n2026-01-01 00:00:00 ERROR forged");
            }
        }
    }

    private static Answer consumeUntilKilled(BothSides link) {
        try {
            return link.consume();
        } catch (UncheckedIOException e) {
            // The server dies while this call waits.
            return null;
        }
    }

    private static void awaitActivation(BothSides... links) {
        for (BothSides link : links) {
            while (link.activations().isEmpty()) {
                BothSides.pause(Duration.ofMillis(50));
            }
        }
    }

    @Test
    void whenKilledWhileWeProbeThenTheTokenStillWorks() {
        try (LinkspanProcess server = LinkspanProcess.start("killed-issuer");
                BothSides link = new BothSides(server, server.admin(), "probing")) {
            TrustTokenText token = link.issue();
            link.peer().address().stall();
            Future<Answer> activation = AtOnce.begin(() -> {
                try {
                    return link.peer().activate(token);
                } catch (UncheckedIOException e) {
                    // The server dies while this call waits.
                    return null;
                }
            });
            while (link.peer().connections() == 0) {
                BothSides.pause(Duration.ofMillis(50));
            }

            server.kill9();
            AtOnce.result(activation);
            server.start();

            link.assertStillPending();
            link.peer().behave();
            Answer answer = link.peer().activate(token);
            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(link.weTrust(link.peer().certificate())).isTrue();
        }
    }
}
