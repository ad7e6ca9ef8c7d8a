package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import dev.linkspan.testing.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** We issued a token, and activations come twice, in crowds, late or with addresses that prove nothing. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedServer.class)
@Timeout(150)
class IssuerFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String UNKNOWN_SECRET = "Failed during search for pending identity: Failed finding a matching"
            + " pending identity: No pending identities found with given secret";

    private static BothSides link(String name) {
        return SharedServer.link("issue-" + name);
    }

    @Test
    void activateAsAStockServerDoes() {
        try (BothSides link = link("stock")) {
            TrustTokenText token = link.issue();

            Answer answer = link.peer().consume("theirs", token);

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(answer.location())
                    .isEqualTo("/1.0/auth/identities/tls/" + link.peer().fingerprint());
            link.awaitBothActive(SOON);
            assertThat(link.addresses()).isEqualTo(link.peer().addresses());
            assertThat(link.peer().link("theirs")).contains(token.addresses());
        }
    }

    @Test
    void activateWhenTheSameComesAgainThenSuccess() {
        try (BothSides link = link("again")) {
            TrustTokenText token = link.issue();
            assertThat(link.peer().activate(token).status()).isEqualTo(201);

            Answer again = link.peer().activate(token);

            assertThat(again.status()).as("%s", again).isEqualTo(201);
            assertThat(again.location())
                    .isEqualTo("/1.0/auth/identities/tls/" + link.peer().fingerprint());
            assertThat(link.weTrust(link.peer().certificate())).isTrue();
        }
    }

    @Test
    void activateWhenTheSameComesTwiceAtOnceThenSuccessForBoth() {
        try (BothSides link = link("twice")) {
            TrustTokenText token = link.issue();

            List<Answer> answers = atOnce(List.of(link.peer(), link.peer()), token);

            assertThat(answers).extracting(Answer::status).containsExactly(201, 201);
        }
    }

    @Test
    void activateWhenLinkWasDeletedThenRefused() {
        try (BothSides link = link("deleted")) {
            TrustTokenText token = link.issue();
            assertThat(link.peer().activate(token).status()).isEqualTo(201);
            assertThat(link.delete().status()).isEqualTo(200);

            Answer again = link.peer().activate(token);

            assertThat(again.status()).isEqualTo(500);
            assertThat(again.error()).isEqualTo(UNKNOWN_SECRET);
            assertThat(link.weTrust(link.peer().certificate())).isFalse();
        }
    }

    @Test
    void activateWhenTheLinkIsDeletedWhileWeProbeThenRefusedAndNothingIsLeft() {
        try (BothSides link = link("deleted-meanwhile")) {
            TrustTokenText token = link.issue();
            link.peer().on("GET", "/1.0").once(exchange -> {
                assertThat(link.delete().status()).isEqualTo(200);
                exchange.send(exchange.commit());
            });

            Answer answer = link.peer().activate(token);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error()).isEqualTo(UNKNOWN_SECRET);
            link.awaitNeither(Duration.ofSeconds(1));
        }
    }

    @Test
    void activateWhenOneTokenIsSentAgainAndAgainThenOnlyEightMakeUsCall() {
        try (BothSides link = link("impatient")) {
            TrustTokenText token = link.issue();
            link.peer().address().stall();

            List<Answer> answers = atOnce(Collections.nCopies(12, link.peer()), token);

            assertThat(answers).extracting(Answer::status).contains(429).containsOnly(400, 429);
            link.assertStillPending();
        }
    }

    /** The caller of the pending request never saw the token. */
    @Test
    void issueWhenTheAnswerIsLostThenTheTokenIsIssuedAnew() {
        try (BothSides link = link("unread")) {
            link.issue();

            Answer again =
                    SharedServer.admin().post(BothSides.LINKS, Map.of("name", link.link(), "type", "bidirectional"));
            assertThat(again.status()).isEqualTo(500);
            assertThat(again.error()).isEqualTo("Failed creating pending TLS identity: Identity already exists");
            Answer reissued = SharedServer.admin().post("/1.0/linkspan/cluster-links/" + link.link() + "/token", null);

            assertThat(link.peer()
                            .activate(TrustTokenText.of(reissued.metadata()))
                            .status())
                    .isEqualTo(201);
            assertThat(link.weTrust(link.peer().certificate())).isTrue();
        }
    }

    @Test
    void activateWhenSecretIsUsedByAnotherCertificateThenRefused() {
        try (BothSides link = link("stolen");
                ScriptedPeer thief = ScriptedPeer.start("thief")) {
            TrustTokenText token = link.issue();
            assertThat(link.peer().activate(token).status()).isEqualTo(201);

            Answer second = thief.activate(token);

            assertThat(second.status()).isEqualTo(500);
            assertThat(second.error()).isEqualTo(UNKNOWN_SECRET);
            assertThat(thief.connections()).isZero();
            assertThat(link.weTrust(thief.certificate())).isFalse();
            assertThat(link.weTrust(link.peer().certificate())).isTrue();
            assertThat(link.addresses()).isEqualTo(link.peer().addresses());
        }
    }

    @Test
    void activateWhenFiftyComeAtOnceThenExactlyOneWins() {
        List<ScriptedPeer> crowd = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            crowd.add(ScriptedPeer.start("crowd-" + i));
        }
        try (BothSides link = link("crowd")) {
            List<Answer> answers = atOnce(crowd, link.issue());

            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() >= 400).hasSize(49);
            List<ScriptedPeer> winners = crowd.stream()
                    .filter(peer -> link.weTrust(peer.certificate()))
                    .toList();
            assertThat(winners).hasSize(1);
            assertThat(answers.get(crowd.indexOf(winners.getFirst())).status()).isEqualTo(201);
            assertThat(link.addresses()).isEqualTo(winners.getFirst().addresses());
        } finally {
            crowd.forEach(ScriptedPeer::close);
        }
    }

    private static List<Answer> atOnce(List<ScriptedPeer> peers, TrustTokenText token) {
        return AtOnce.all(peers.stream()
                .<Callable<Answer>>map(peer -> () -> peer.activate(token))
                .toList());
    }

    @Test
    void activateWhenOneAddressServesAnotherCertificateThenItIsNotStored() {
        try (BothSides link = link("other-certificate")) {
            PeerAddress other = link.peer().addAddress(TestCertificates.lxdServer("other"));
            String live = link.peer().address().address();
            TrustTokenText token = link.issue();

            Answer answer = link.peer()
                    .activate(
                            token,
                            link.peer().certificate(),
                            List.of(other.address(), live, ScriptedPeer.deadAddress()));

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(link.addresses()).containsExactly(live);
        }
    }

    @Test
    void activateWhenNoAddressServesTheCertificateThenRefusedAndStillPending() {
        try (BothSides link = link("unproven")) {
            TrustTokenText token = link.issue();

            Answer answer = link.peer()
                    .activate(
                            token,
                            TestCertificates.lxdServer("claimed"),
                            link.peer().addresses());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error())
                    .isEqualTo("Failed validating cluster certificate: Failed retrieving cluster certificate from any"
                            + " address: Certificate fingerprint mismatch for address \""
                            + link.peer().address().address() + "\"");
            link.assertStillPending();
            assertThat(link.peer().activate(token).status()).isEqualTo(201);
        }
    }

    @Test
    void activateWhenAllAddressesAreDeadThenRefusedAndStillPending() {
        try (BothSides link = link("dead")) {
            TrustTokenText token = link.issue();

            Answer answer = link.peer().activate(token, link.peer().certificate(), List.of(ScriptedPeer.deadAddress()));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error())
                    .startsWith("Failed validating cluster certificate: Failed retrieving cluster certificate from any"
                            + " address: Failed retrieving certificate from \"" + ScriptedPeer.deadAddress() + "\"");
            link.assertStillPending();
        }
    }

    @Test
    void activateWhenAddressesAreSilentThenRefusedWithinHalfAMinuteAndStillPending() {
        try (BothSides link = link("silent")) {
            TrustTokenText token = link.issue();
            PeerAddress second = link.peer().addAddress();
            link.peer().address().stall();
            second.fallSilent();
            Instant start = Instant.now();

            Answer answer = link.peer().activate(token);

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(35));
            assertThat(answer.status()).isEqualTo(400);
            link.assertStillPending();
            link.peer().behave();
            assertThat(link.peer().activate(token).status()).isEqualTo(201);
        }
    }

    @Test
    void activateWhenOneAddressIsSilentThenOnlyTheOtherIsStored() {
        try (BothSides link = link("half-silent")) {
            TrustTokenText token = link.issue();
            PeerAddress second = link.peer().addAddress();
            second.stall();

            Answer answer = link.peer().activate(token);

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(link.addresses()).containsExactly(link.peer().address().address());
        }
    }

    @Test
    void activateWhenSecretIsNotValidThenNoAddressIsDialled() {
        try (BothSides link = link("undialled")) {
            TrustTokenText token = link.issue();
            String changed = token.secret().replaceFirst("^.", token.secret().startsWith("0") ? "1" : "0");

            Answer wrong = link.peer().activate(token.withSecret(changed));
            for (JsonNode vector : Vectors.read("cluster-link-token").get("wrong_type")) {
                boolean refused = !vector.get("status").isNull();
                Answer otherType =
                        link.peer().activate(token.withType(vector.get("type").asString()));
                assertThat(otherType.status()).isEqualTo(403);
                assertThat(otherType.error())
                        .isEqualTo(refused ? vector.get("error").asString() : "Invalid trust token type \"anything\"");
            }

            assertThat(wrong.status()).isEqualTo(500);
            assertThat(wrong.error()).isEqualTo(UNKNOWN_SECRET);
            assertThat(link.peer().connections()).isZero();
            link.assertStillPending();
        }
    }

    @Test
    void activateWhenOtherVolatileKeysComeThenOnlyAddressesAreStored() {
        try (BothSides link = link("volatile")) {
            TrustTokenText token = link.issue();
            Map<String, Object> body = Map.of(
                    "type",
                    "bidirectional",
                    "config",
                    Map.of(
                            "volatile.addresses",
                            link.peer().address().address(),
                            "volatile.odd",
                            "kept by LXD",
                            "user.x",
                            "dropped"),
                    "trust_token",
                    token.encode(),
                    "cluster_certificate",
                    link.peer().certificate().pem());

            Answer answer = SharedServer.server().https().post(BothSides.LINKS, body);

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(link.get().metadata().path("config").propertyNames()).containsExactly("volatile.addresses");
        }
    }

    @Test
    void activateWhenCertificateIsLinkedAlreadyThenConflictAndStillPending() {
        try (BothSides first = link("linked-first");
                BothSides second = link("linked-second")) {
            assertThat(first.peer().activate(first.issue()).status()).isEqualTo(201);
            TrustTokenText token = second.issue();

            Answer answer = first.peer().activate(token);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.error()).isEqualTo("A cluster link already exists between these clusters");
            second.assertStillPending();
        }
    }

    @Test
    void activateWhenTokenExpiredThenRefusedAndPendingLinkStaysReissuable() {
        try (LinkspanProcess hasty = LinkspanProcess.start("hasty");
                BothSides link = new BothSides(hasty, hasty.admin(), "expired")) {
            ApiClient owner = hasty.unix();
            setTokenExpiry(owner, "1S");
            TrustTokenText token = link.issue();
            BothSides.pause(Duration.ofMillis(1500));

            Answer late = link.peer().activate(token);

            assertThat(late.status()).isEqualTo(500);
            assertThat(late.error()).isEqualTo("Failed during search for pending identity: Token has expired");
            assertThat(link.peer().connections()).isZero();
            link.assertStillPending();

            setTokenExpiry(owner, "1d");
            Answer reissued = owner.post("/1.0/linkspan/cluster-links/expired/token", null);
            assertThat(reissued.status()).as("%s", reissued).isEqualTo(200);
            TrustTokenText fresh = TrustTokenText.of(reissued.metadata());
            assertThat(fresh.secret()).isNotEqualTo(token.secret());
            assertThat(link.peer().activate(token).error()).isEqualTo(UNKNOWN_SECRET);
            assertThat(link.peer().activate(fresh).status()).isEqualTo(201);
        }
    }

    private static void setTokenExpiry(ApiClient owner, String expiry) {
        Answer answer = owner.patch("/1.0", Map.of("config", Map.of("core.remote_token_expiry", expiry)));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }
}
