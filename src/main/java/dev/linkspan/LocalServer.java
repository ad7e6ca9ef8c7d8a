package dev.linkspan;

import dev.linkspan.store.DataDirectory;
import dev.linkspan.store.StartupProblem;
import java.io.BufferedReader;
import java.io.IOException;
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

/** The server that runs on a data directory, called through its Unix socket. */
final class LocalServer {
    /** The server answered with an error; the message is its text. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String error) {
            super(error, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final String REQUEST = """
            %s %s HTTP/1.0\r
            Host: linkspan\r
            Content-Type: application/json\r
            Content-Length: %d\r
            Connection: close\r
            \r
            %s""";

    private final Path data;

    LocalServer(Path data) {
        this.data = data;
    }

    /**
     * The metadata of the answer.
     *
     * @param body JSON text
     * @throws StartupProblem when no server runs there, or it can't be understood
     */
    JsonNode call(String method, String path, String body) throws Refused {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return metadata(exchange(REQUEST.formatted(method, path, length, body)));
    }

    private String exchange(String text) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connect(channel);
            ByteBuffer request = StandardCharsets.UTF_8.encode(text);
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

    private JsonNode metadata(String answer) throws Refused {
        int end = answer.indexOf("\r\n\r\n");
        try (var head = new BufferedReader(new StringReader(answer))) {
            String line = head.readLine();
            String[] words = line == null ? new String[0] : line.split(" ");
            int status = words.length < 2 ? 0 : Integer.parseInt(words[1]);
            JsonNode body = end < 0 ? null : JsonMapper.shared().readTree(answer.substring(end));
            if (status >= 200 && status < 300 && body != null && body.has("metadata")) {
                return body.path("metadata");
            }
            String error = body == null ? "" : body.path("error").asString("");
            throw new Refused(status, error.isEmpty() ? String.valueOf(line) : error);
        } catch (IOException | JacksonException | NumberFormatException e) {
            throw new StartupProblem("What the server on " + data + " answered can't be understood.", e);
        }
    }
}
