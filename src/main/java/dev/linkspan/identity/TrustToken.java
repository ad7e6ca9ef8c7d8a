package dev.linkspan.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.linkspan.problem.JsonSyntax;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Base64 JSON with which a cluster or a client proves once that it was invited (auth.md chapter 5).
 *
 * @param clientName name of the identity or link on the issuer's side
 * @param fingerprint of the certificate that the issuer serves, 64 hex characters
 * @param addresses {@code host:port} of the issuer
 * @param secret 64 hex characters, good for one use
 * @param expiresAt null when it never expires
 * @param type {@code Cluster link certificate} or {@code Client certificate}; only the issuer judges it
 */
public record TrustToken(
        String clientName, String fingerprint, List<String> addresses, String secret, Instant expiresAt, String type) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
    private static final int LONGEST = 100_000;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:MM", "Z")
            .toFormatter();
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public TrustToken {
        addresses = List.copyOf(addresses);
    }

    /** A token's JSON, in the order of the stock client. */
    @JsonPropertyOrder({"client_name", "fingerprint", "addresses", "secret", "expires_at", "type"})
    public record Wire(
            @JsonProperty("client_name") String clientName,
            String fingerprint,
            List<String> addresses,
            String secret,
            @JsonProperty("expires_at") String expiresAt,
            String type) {}

    /** 32 random bytes in hex. */
    public static String newSecret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Reads a token's text. Only its form is checked; whether it is good is for the issuer to say.
     *
     * @throws ProblemException 403 {@code Invalid trust token: <why>}
     */
    public static TrustToken decode(String text) {
        if (text.length() > LONGEST) {
            throw Problem.TOKEN_INVALID.with("it is longer than " + LONGEST + " characters");
        }
        byte[] json;
        try {
            json = Base64Text.decode(text);
        } catch (Base64Text.Malformed e) {
            throw Problem.TOKEN_INVALID.with(e.getMessage());
        }
        try {
            Wire wire = JSON.readValue(json, Wire.class);
            return wire == null ? of(new Wire(null, null, null, null, null, null)) : of(wire);
        } catch (JacksonException e) {
            throw Problem.TOKEN_INVALID.with(JsonSyntax.reason(json, e, "unexpected end of JSON input"));
        }
    }

    private static TrustToken of(Wire wire) {
        require(wire.clientName(), "No client name in certificate add token");
        if (wire.addresses() == null || wire.addresses().isEmpty()) {
            throw Problem.TOKEN_INVALID.with("No server addresses in certificate add token");
        }
        require(wire.secret(), "No secret in certificate add token");
        require(wire.fingerprint(), "No certificate fingerprint in certificate add token");
        List<String> addresses =
                wire.addresses().stream().map(a -> a == null ? "" : a).toList();
        return new TrustToken(
                wire.clientName(),
                wire.fingerprint(),
                addresses,
                wire.secret(),
                time(wire.expiresAt()),
                wire.type() == null ? "" : wire.type());
    }

    private static void require(String value, String why) {
        if (value == null || value.isEmpty()) {
            throw Problem.TOKEN_INVALID.with(why);
        }
    }

    private static Instant time(String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.equals(NEVER) ? null : time;
        } catch (DateTimeException e) {
            throw Problem.TOKEN_INVALID.with("expires_at \"" + text + "\" is not a time");
        }
    }

    /** The token as the API's JSON. */
    public Wire wire() {
        Instant end = expiresAt == null ? NEVER : expiresAt;
        return new Wire(clientName, fingerprint, addresses, secret, TIME.format(end.atOffset(ZoneOffset.UTC)), type);
    }

    /** The token's text: standard padded base64 of compact JSON. */
    public String encode() {
        return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(wire()));
    }

    /** Says nothing of the secret, so that no log can. */
    @Override
    public String toString() {
        return "trust token for " + clientName;
    }
}
