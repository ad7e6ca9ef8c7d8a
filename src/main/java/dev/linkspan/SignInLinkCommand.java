package dev.linkspan;

import dev.linkspan.store.DataDirectory;
import dev.linkspan.store.StartupProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the server that runs on a data directory for a one-time sign-in link, through its Unix socket. */
final class SignInLinkCommand {
    private static final String REQUEST = """
            POST /1.0/linkspan/sign-in-links HTTP/1.0\r
            Host: linkspan\r
            Content-Type: application/json\r
            Content-Length: 2\r
            Connection: close\r
            \r
            {}""";

    private final Path data;

    SignInLinkCommand(Path data) {
        this.data = data;
    }

    /** Prints the link alone on {@code out}, so that it can be piped, and on {@code notes} when it expires. */
    void run(PrintStream out, PrintStream notes) {
        JsonNode link = metadata(exchange());
        out.println(link.path("url").asString());
        notes.println("It works once, until " + link.path("expires_at").asString() + ".");
    }

    private String exchange() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connect(channel);
            ByteBuffer request = StandardCharsets.US_ASCII.encode(REQUEST);
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartupProblem("The server on " + data + " did not answer: " + e.getMessage() + ".", e);
        }
    }

    private void connect(SocketChannel channel) {
        try {
            channel.connect(UnixDomainSocketAddress.of(DataDirectory.socketIn(data)));
        } catch (IOException e) {
            throw new StartupProblem("No server runs with the data directory " + data + ".", e);
        }
    }

    private JsonNode metadata(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        try (var head = new BufferedReader(new StringReader(answer))) {
            String status = head.readLine();
            JsonNode body = end < 0 ? null : JsonMapper.shared().readTree(answer.substring(end));
            if (status != null
                    && status.contains(" 200")
                    && body.path("metadata").path("url").isString()) {
                return body.path("metadata");
            }
            String error = body == null ? "" : body.path("error").asString("");
            throw new StartupProblem("The server on " + data + " made no sign-in link: "
                    + (error.isEmpty() ? String.valueOf(status) : error) + ".");
        } catch (IOException | JacksonException e) {
            throw new StartupProblem("What the server on " + data + " answered can't be understood.", e);
        }
    }
}
