package dev.linkspan.testing;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A request as a {@link ScriptedPeer} received it.
 *
 * @param at when its head and body had been read
 * @param address which of the peer's addresses it came to
 * @param caller the client certificate of the connection, null for none
 */
public record ReceivedRequest(
        Instant at,
        String address,
        String method,
        String path,
        Map<String, String> headers,
        X509Certificate caller,
        byte[] content) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Lower-case hex SHA-256 of the client certificate, null for none. */
    public String callerFingerprint() {
        return caller == null ? null : TestCertificate.fingerprint(caller);
    }

    public JsonNode body() {
        return content.length == 0 ? MissingNode.getInstance() : JSON.readTree(content);
    }

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path.split("\\?")[0].equals(wantedPath);
    }

    @Override
    public String toString() {
        return method + " " + path + " at " + address + (caller == null ? "" : " as " + callerFingerprint());
    }
}
