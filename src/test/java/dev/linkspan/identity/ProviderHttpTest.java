package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderHttpTest {
    private final ProviderHttp http = new ProviderHttp(Duration.ofMillis(2_000));
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/good", exchange -> {
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "/good");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            for (int i = 0; i < 32; i++) {
                exchange.getResponseBody().write(chunk);
            }
            exchange.close();
        });
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        http.stop();
    }

    private String json(String path) throws IOException {
        return http.json(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    @Test
    void answerWhenGoodThenRead() throws IOException {
        assertThat(json("/good")).isEqualTo("{}");
    }

    @Test
    void answerWhenRedirectThenNotFollowed() {
        assertThatThrownBy(() -> json("/elsewhere"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("answered with status 302");
    }

    @Test
    void answerWhenTooLargeThenRefused() {
        assertThatThrownBy(() -> json("/large")).isInstanceOf(IOException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void answerWhenItsBodyNeverEndsThenGivenUp() {
        assertThatThrownBy(() -> json("/slow"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not answer within 2000 ms");
    }
}
