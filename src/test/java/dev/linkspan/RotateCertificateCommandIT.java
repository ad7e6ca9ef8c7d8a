package dev.linkspan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.store.StartupProblem;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** {@code linkspan rotate-certificate}, against a server with one stock peer. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotateCertificateCommandIT {
    private static LinkspanProcess server;
    private static ScriptedPeer peer;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("command");
        peer = ScriptedPeer.start("stock");
        var made = server.unix()
                .post(
                        "/1.0/cluster/links",
                        Map.of(
                                "name",
                                "stock",
                                "type",
                                "bidirectional",
                                "trust_token",
                                peer.issueToken("x").encode()));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        peer.close();
        server.close();
    }

    private static String run(boolean yes, String answers) {
        var out = new ByteArrayOutputStream();
        new RotateCertificateCommand(
                        server.data(),
                        yes,
                        new BufferedReader(new StringReader(answers)),
                        new PrintStream(out, true, StandardCharsets.UTF_8))
                .run();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void runWhenItIsNotConfirmedThenNothingChanges() {
        String before = server.fingerprint();
        assertThat(run(false, "n\n"))
                .contains("Certificate in force:      " + before)
                .contains("to be told     stock")
                .endsWith("The prepared certificate was given up; nothing has changed.\n");
        assertThat(server.fingerprint()).isEqualTo(before);
        assertThat(peer.trusts(before)).isTrue();
    }

    @Test
    @Order(2)
    void runWhenItIsConfirmedThenThePeerIsToldFirst() {
        assertThat(run(false, "y\n")).endsWith("The next certificate is in force: " + server.fingerprint() + "\n");
        assertThat(peer.trusts(server.fingerprint())).isTrue();
    }

    /** The last one: the probes tell the peer of the change some time later. */
    @Test
    @Order(3)
    void runWhenAPeerIsAwayThenAsksAgainOrFails() {
        String before = server.fingerprint();
        peer.address().hangUp();
        try {
            assertThatExceptionOfType(StartupProblem.class)
                    .isThrownBy(() -> run(true, ""))
                    .withMessage("The certificate was not changed: linked clusters could not be told.");
            assertThat(server.fingerprint()).isEqualTo(before);
            assertThat(run(false, "y\ny\n"))
                    .contains("unreachable    stock (")
                    .contains("1 would break or have to be told later.")
                    .endsWith("The next certificate is in force: " + server.fingerprint() + "\n");
            assertThat(server.fingerprint()).isNotEqualTo(before);
        } finally {
            peer.address().behave();
        }
    }
}
