package dev.linkspan;

import dev.linkspan.store.DataDirectory;
import dev.linkspan.tls.AnyCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Run once by the build: a server on scratch data that calls itself for a moment and ends, while the JVM records what
 * it loads and where it spends its time. From this the start-up cache is made ({@code -XX:AOTCacheOutput}), with which
 * a start takes less than half as long.
 */
public final class TrainingRun {
    private static final Duration LOAD = Duration.ofSeconds(5);
    private static final int ROWS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> PATHS =
            List.of("/", "/1.0", "/1.0/cluster/links?recursion=1", "/1.0/linkspan/addresses");

    private TrainingRun() {}

    /**
     * @param args the scratch data directory
     */
    public static void main(String[] args) throws IOException, InterruptedException, GeneralSecurityException {
        Path data = Path.of(args[0]);
        int port = freePort();
        giveUpLater();
        Linkspan.main(new String[] {"run", "--data", data.toString(), "--address", "127.0.0.1:" + port});
        try {
            callOurselves(data, port);
        } catch (IOException | UncheckedIOException e) {
            // The training log is where one looks when a cache is worth little.
            e.printStackTrace();
        } finally {
            System.exit(0);
        }
    }

    private static void callOurselves(Path data, int port)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path socket = DataDirectory.socketIn(data);
        for (int i = 0; i < ROWS; i++) {
            post(socket, "/1.0/auth/groups", "{\"name\": \"group-" + i + "\"}");
            post(socket, "/1.0/cluster/links", "{\"name\": \"link-" + i + "\", \"type\": \"bidirectional\"}");
        }
        String signIn = JsonMapper.shared()
                .readTree(post(socket, "/1.0/linkspan/sign-in-links", "{}"))
                .at("/metadata/url")
                .asString();
        TrainingConsole console = TrainingConsole.signIn(client(), URI.create(signIn));
        long end = System.nanoTime() + LOAD.toNanos();
        while (System.nanoTime() < end) {
            HttpClient client = client().build();
            for (String path : PATHS) {
                overTls(client, URI.create("https://127.0.0.1:" + port + path));
                overSocket(socket, "GET " + path + " HTTP/1.0\r\nHost: linkspan\r\n\r\n");
            }
            client.shutdownNow();
            console.visitAll();
        }
    }

    private static void giveUpLater() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(PATIENCE);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void overTls(HttpClient client, URI uri) throws InterruptedException {
        try {
            client.send(HttpRequest.newBuilder(uri).timeout(LOAD).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            System.err.println(uri + ": " + e);
        }
    }

    /** The body of the answer. */
    private static String post(Path socket, String path, String body) {
        String answer = overSocket(
                socket,
                "POST " + path + " HTTP/1.0\r\nHost: linkspan\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
        if (!answer.matches("(?s)HTTP/1\\.[01] 20\\d .*")) {
            System.err.println("POST " + path + ": " + answer);
        }
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String overSocket(Path socket, String request) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(StandardCharsets.UTF_8.encode(request));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It talks to nobody but the server in its own process. */
    private static HttpClient.Builder client() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        return HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1);
    }
}
