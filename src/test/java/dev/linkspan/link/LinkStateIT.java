package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.PeerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What the state of a link says about each address of the peer, whatever that one does. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedServer.class)
@Timeout(60)
class LinkStateIT {

    private static BothSides active(String name, int addresses) {
        BothSides link = SharedServer.link("state-" + name);
        for (int i = 1; i < addresses; i++) {
            link.peer().addAddress();
        }
        Answer answer = link.consume();
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return link;
    }

    /** Status by address, in the order of the answer. */
    private static Map<String, String> state(BothSides link) {
        Instant start = Instant.now();
        Answer answer = link.state();
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
        Map<String, String> states = new LinkedHashMap<>();
        for (JsonNode member : answer.metadata().path("cluster_link_members")) {
            String name = member.path("server_name").asString();
            states.put(
                    member.path("address").asString(),
                    member.path("status").asString() + (name.isEmpty() ? "" : " " + name));
        }
        return states;
    }

    @Test
    void addressesThatAreFine() {
        try (BothSides link = active("fine", 3)) {
            assertThat(state(link).keySet())
                    .containsExactlyElementsOf(link.peer().addresses());
            assertThat(state(link).values()).containsOnly("Active state-fine-peer");
        }
    }

    @Test
    void addressThatIsSilent() {
        try (BothSides link = active("silent", 3)) {
            PeerAddress first = link.peer().address();

            first.stall();
            assertThat(state(link).values())
                    .containsExactly("Unreachable", "Active state-silent-peer", "Active state-silent-peer");
            first.fallSilent();
            assertThat(state(link).values())
                    .containsExactly("Unreachable", "Active state-silent-peer", "Active state-silent-peer");
        }
    }

    @Test
    void addressThatIsDead() {
        try (BothSides link = active("dead", 2)) {
            link.peer().address().close();

            assertThat(state(link).values()).containsExactly("Unreachable", "Active state-dead-peer");
        }
    }

    @Test
    void peerThatDoesNotTrustUsAnyMore() {
        try (BothSides link = active("forgotten", 1)) {
            link.peer().forget(SharedServer.server().fingerprint());

            assertThat(state(link).values()).containsExactly("Unauthenticated");
        }
    }

    @Test
    void peerThatLies() {
        try (BothSides link = active("lying", 1)) {
            link.peer().denyTrust(true);
            assertThat(state(link).values()).containsExactly("Unauthenticated");

            link.peer().denyTrust(false);
            assertThat(state(link).values()).containsExactly("Active state-lying-peer");
        }
    }

    @Test
    void peerThatAnswersSomethingElse() {
        for (Fault fault : List.of(
                Fault.html(),
                Fault.garbage(),
                Fault.manyObjects(),
                Fault.refuse(503, "Out of order"),
                Fault.endlessBody(),
                Fault.drop(),
                Fault.redirect("127.0.0.1:1"))) {
            try (BothSides link = active("odd", 1)) {
                link.peer().on("GET", "/1.0").always(fault);

                assertThat(state(link).values()).containsExactly("Unreachable");

                assertThat(link.delete().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void peerThatAnswersNoHttpAndStays() {
        for (String said : List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{\"type\":\"sync\"}",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "SSH-2.0-OpenSSH_10.0\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n")) {
            try (BothSides link = active("stays", 1)) {
                link.peer().on("GET", "/1.0").always(Fault.sayAndStay(said));

                long begin = System.nanoTime();
                assertThat(state(link).values()).containsExactly("Unreachable");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(said).isLessThan(Duration.ofSeconds(6));
                assertThat(link.delete().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void linkThatIsPendingOrMissing() {
        try (BothSides link = SharedServer.link("state-pending")) {
            link.issue();

            Answer pending = link.state();
            assertThat(pending.status()).isEqualTo(500);
            assertThat(pending.error())
                    .isEqualTo(
                            "Failed loading cluster link \"state-pending\": No certificate found for cluster link identity"
                                    + " \"state-pending\"");
            Answer missing = SharedServer.server().unix().get(BothSides.LINKS + "/x/state");
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.error())
                    .isEqualTo("Failed loading cluster link \"x\": Failed loading cluster link \"x\": Failed loading"
                            + " cluster link: Cluster link not found");
        }
    }
}
