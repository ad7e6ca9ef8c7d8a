package dev.linkspan.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trust token as it stands on the wire, with any content, valid or not. */
public record TrustTokenText(
        String clientName, String fingerprint, List<String> addresses, String secret, String expiresAt, String type) {

    public static final String LINK_TYPE = "Cluster link certificate";

    private static final JsonMapper JSON = new JsonMapper();

    public static TrustTokenText decode(String base64) {
        return of(JSON.readTree(Base64.getDecoder().decode(base64)));
    }

    /** From the metadata of the answer that created a pending link. */
    public static TrustTokenText of(JsonNode token) {
        List<String> addresses = new ArrayList<>();
        token.path("addresses").forEach(address -> addresses.add(address.asString()));
        return new TrustTokenText(
                token.path("client_name").asString(),
                token.path("fingerprint").asString(),
                addresses,
                token.path("secret").asString(),
                token.path("expires_at").asString(),
                token.path("type").asString());
    }

    public String json() {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("client_name", clientName);
        token.put("fingerprint", fingerprint);
        token.put("addresses", addresses);
        token.put("secret", secret);
        token.put("expires_at", expiresAt);
        token.put("type", type);
        return JSON.writeValueAsString(token);
    }

    /** The text that people copy and paste. */
    public String encode() {
        return Base64.getEncoder().encodeToString(json().getBytes(StandardCharsets.UTF_8));
    }

    public TrustTokenText withAddresses(String... changed) {
        return new TrustTokenText(clientName, fingerprint, List.of(changed), secret, expiresAt, type);
    }

    public TrustTokenText withFingerprint(String changed) {
        return new TrustTokenText(clientName, changed, addresses, secret, expiresAt, type);
    }

    public TrustTokenText withSecret(String changed) {
        return new TrustTokenText(clientName, fingerprint, addresses, changed, expiresAt, type);
    }

    public TrustTokenText withExpiry(Instant changed) {
        return new TrustTokenText(clientName, fingerprint, addresses, secret, changed.toString(), type);
    }

    public TrustTokenText withType(String changed) {
        return new TrustTokenText(clientName, fingerprint, addresses, secret, expiresAt, changed);
    }
}
