package dev.linkspan.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the API over HTTPS or a Unix socket, with a new connection for each request as the stock client does. The
 * server's certificate is not checked. Safe for use by several threads.
 */
public final class ApiClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final String address;
    private final Path socket;
    private final TestCertificate certificate;
    private final SSLContext tls;
    private final Duration timeout;

    private ApiClient(String address, Path socket, TestCertificate certificate, Duration timeout) {
        this.address = address;
        this.socket = socket;
        this.certificate = certificate;
        this.tls = socket == null ? TestTls.client(certificate) : null;
        this.timeout = timeout;
    }

    /** An anonymous client of {@code host:port}. */
    public static ApiClient https(String address) {
        return new ApiClient(address, null, null, Duration.ofSeconds(90));
    }

    public static ApiClient unix(Path socket) {
        return new ApiClient(null, socket, null, Duration.ofSeconds(90));
    }

    /** The same server, called with this client certificate. */
    public ApiClient as(TestCertificate caller) {
        return new ApiClient(address, socket, caller, timeout);
    }

    /** Gives up when a connection or a read takes longer (HTTPS only). */
    public ApiClient within(Duration limit) {
        return new ApiClient(address, socket, certificate, limit);
    }

    /** The certificate that this client presents, null for an anonymous one. */
    public TestCertificate certificate() {
        return certificate;
    }

    public String address() {
        return address;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Whether the server trusts the caller. */
    public boolean trusted() {
        return get("/1.0").metadata().path("auth").asString("").equals("trusted");
    }

    /** {@code body} is JSON text, or anything that Jackson writes, or null. */
    public Answer post(String path, Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer put(String path, Object body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Answer patch(String path, Object body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** Posts bytes as they are. */
    public Answer postRaw(String path, byte[] body, String... headers) {
        return exchange("POST", path, body, headers);
    }

    public Answer send(String method, String path, Object body, String... headers) {
        return exchange(method, path, bytes(body), headers);
    }

    private Answer exchange(String method, String path, byte[] body, String... headers) {
        try (HttpConnection connection = connect()) {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Connection: close";
            return connection.send(method, path, body, all);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " at " + (socket == null ? address : socket), e);
        }
    }

    /** A connection of its own, for several requests. */
    public HttpConnection connect() throws IOException {
        return socket == null ? HttpConnection.tls(address, tls, timeout) : HttpConnection.unix(socket);
    }

    private static byte[] bytes(Object body) {
        return switch (body) {
            case null -> null;
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> JSON.writeValueAsBytes(body);
        };
    }
}
