package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkspan.link.BothSides.Way;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.SharedDatabase;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of our two members hangs or dies while links are made and changed at the other one. */
@Timeout(240)
class MemberFaultsIT {
    private static final String LINKS = BothSides.LINKS;
    private static final String IDENTITIES = "/1.0/auth/identities/tls/";
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Duration SOON = Duration.ofSeconds(15);
    /** A member that died keeps what it was at work on to itself for 75 s. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(110);

    private static SharedDatabase database;
    private static LinkspanProcess one;
    private static LinkspanProcess two;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        database = SharedDatabase.start("member-faults");
        one = setup("one").start();
        admin = one.admin();
        Answer begun = admin.put("/1.0/cluster", Map.of("server_name", "node-1", "enabled", true));
        Answer enabled = admin.get(begun.body().path("operation").asString() + "/wait?timeout=10");
        assertThat(enabled.metadata().path("status").asString()).isEqualTo("Success");
        two = setup("node-2").start();
    }

    private static LinkspanProcess.Setup setup(String name) {
        return LinkspanProcess.named(name)
                .environment("LINKSPAN_DATABASE_URL", database.url())
                .environment("LINKSPAN_KEY", KEY);
    }

    @AfterAll
    static void stop() {
        for (LinkspanProcess server : new LinkspanProcess[] {two, one}) {
            if (server != null) {
                server.close();
            }
        }
        database.close();
    }

    @AfterEach
    void wake() {
        signal("CONT");
    }

    private static void hang() {
        signal("STOP");
    }

    private static void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(two.javaPid())).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The administrator of these tests, as a caller of the second member. */
    private static ApiClient adminAtTwo() {
        return two.https().as(admin.certificate());
    }

    private static boolean trustedAtTwo(TestCertificate caller) {
        return two.https().as(caller).trusted();
    }

    /** B5: the peer has confirmed, and the other member can't be told. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void consumeWhenTheOtherMemberHangsThenActiveAndItKnowsOnceItGoesOn(Way way) {
        try (BothSides link = new BothSides(one, admin, "hangs-" + way, way)) {
            link.onActivation().once(exchange -> {
                Answer answer = exchange.commit();
                hang();
                exchange.send(answer);
            });

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(way.made());
            link.awaitBothActive(SOON);
            wake();
            await().atMost(SOON).untilAsserted(() -> assertThat(adminAtTwo()
                            .get(LINKS + "/" + link.link() + "/state")
                            .metadata()
                            .toString())
                    .contains("\"Active\""));
            assertThat(trustedAtTwo(link.peer().certificate())).isEqualTo(way == Way.BOTH);
            assertThat(link.activations()).hasSize(1);
        }
    }

    /** B6: the member dies after the peer's commit. The other one finishes the link, and never starts again for it. */
    @Test
    void consumeWhenTheMemberDiesAfterThePeersCommitThenTheOtherOneFinishes() {
        try (BothSides both = new BothSides(one, admin, "died");
                BothSides oneWay = new BothSides(one, admin, "died-one-way", Way.ONE)) {
            for (BothSides link : List.of(both, oneWay)) {
                link.onActivation().once(Fault.commitThenSilence());
                AtOnce.begin(() -> consumeAtTwoUntilItDies(link));
            }
            await().atMost(SOON)
                    .until(() -> both.peer().trusts(one.fingerprint())
                            && oneWay.peer().trusts(one.fingerprint()));

            two.kill9();

            try {
                both.awaitBothActive(TAKEN_OVER);
                oneWay.awaitBothActive(SOON);
                assertThat(both.activations()).hasSize(1);
                assertThat(oneWay.activations()).hasSize(1);
            } finally {
                two.start();
            }
            assertThat(trustedAtTwo(both.peer().certificate())).isTrue();
        }
    }

    private static Answer consumeAtTwoUntilItDies(BothSides link) {
        try {
            return adminAtTwo().post(LINKS, link.consuming(link.token().encode()));
        } catch (UncheckedIOException e) {
            // The member dies while this call waits.
            return null;
        }
    }

    /** R3: what was committed is answered as done, and the other member follows. */
    @Test
    void changeWhenTheOtherMemberHangsThenIsDoneAndItKnowsOnceItGoesOn() {
        try (BothSides renamed = new BothSides(one, admin, "to-rename");
                BothSides deleted = new BothSides(one, admin, "to-delete");
                BothSides changed = new BothSides(one, admin, "to-change")) {
            for (BothSides link : List.of(renamed, deleted, changed)) {
                link.consume();
                link.awaitBothActive(SOON);
                await().atMost(SOON).until(() -> trustedAtTwo(link.peer().certificate()));
            }
            TestCertificate next = TestCertificates.lxdServer("next");
            hang();

            Answer rename = admin.post(LINKS + "/to-rename", Map.of("name", "has-a-new-name"));
            Answer delete = admin.delete(LINKS + "/to-delete");
            Answer change =
                    admin.put(IDENTITIES + "to-change", Map.of("groups", List.of(), "tls_certificate", next.pem()));

            assertThat(rename.status()).as("%s", rename).isEqualTo(200);
            assertThat(delete.status()).as("%s", delete).isEqualTo(200);
            assertThat(change.status()).as("%s", change).isEqualTo(200);
            assertThat(deleted.weTrust(deleted.peer().certificate())).isFalse();
            assertThat(changed.weTrust(next)).isTrue();
            assertThat(changed.weTrust(changed.peer().certificate())).isFalse();
            wake();
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(adminAtTwo().get(LINKS + "/has-a-new-name").status()).isEqualTo(200);
                assertThat(adminAtTwo().get(LINKS + "/to-rename").status()).isEqualTo(404);
                assertThat(adminAtTwo().get(IDENTITIES + "has-a-new-name").status())
                        .isEqualTo(200);
                assertThat(adminAtTwo().get(LINKS + "/to-delete").status()).isEqualTo(404);
                assertThat(trustedAtTwo(renamed.peer().certificate())).isTrue();
                assertThat(trustedAtTwo(deleted.peer().certificate())).isFalse();
                assertThat(trustedAtTwo(changed.peer().certificate())).isFalse();
                assertThat(trustedAtTwo(next)).isTrue();
            });
        }
    }
}
