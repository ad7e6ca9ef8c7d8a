package dev.linkspan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkspan.store.DataDirectory;
import dev.linkspan.store.StartupProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInLinkCommandTest {
    private static final String LINK = "https://127.0.0.1:8443/ui/sign-in?token=abc";

    @TempDir
    Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @Test
    void runWhenTheServerAnswersThenPrintsTheLinkAlone() throws Exception {
        String request = runAgainst("HTTP/1.1 200 \r\nContent-Type: application/json\r\n\r\n"
                + "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"metadata\":{\"url\":\"" + LINK
                + "\",\"expires_at\":\"2026-01-02T10:00:00Z\"}}");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(LINK + System.lineSeparator());
        assertThat(notes.toString(StandardCharsets.UTF_8)).contains("2026-01-02T10:00:00Z");
        assertThat(request)
                .startsWith("POST /1.0/linkspan/sign-in-links HTTP/1.0\r\n")
                .endsWith("\r\n\r\n{}");
    }

    @Test
    void runWhenTheServerRefusesThenRepeatsItsError() {
        assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(() -> runAgainst("HTTP/1.1 503 \r\n\r\n{\"type\":\"error\",\"error_code\":503,"
                        + "\"error\":\"The database can't be reached\"}"))
                .withMessageContaining("made no sign-in link: The database can't be reached.");
    }

    @Test
    void runWhenTheAnswerIsNotJsonThenSaysSo() {
        assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(() -> runAgainst("HTTP/1.1 200 \r\n\r\n<html>"))
                .withMessageContaining("can't be understood");
    }

    @Test
    void runWhenNoServerRunsThenSaysSo() {
        assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(this::run)
                .withMessage("No server runs with the data directory " + data + ".");
    }

    private String runAgainst(String answer) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(DataDirectory.socketIn(data)));
            var request = new CompletableFuture<String>();
            Thread.ofPlatform().daemon().start(() -> {
                try (SocketChannel caller = server.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocate(4096);
                    caller.read(buffer);
                    request.complete(
                            StandardCharsets.US_ASCII.decode(buffer.flip()).toString());
                    caller.write(StandardCharsets.UTF_8.encode(answer));
                } catch (IOException e) {
                    request.completeExceptionally(e);
                }
            });
            run();
            return request.get();
        }
    }

    private void run() {
        new SignInLinkCommand(data).run(new PrintStream(out, true), new PrintStream(notes, true));
    }
}
