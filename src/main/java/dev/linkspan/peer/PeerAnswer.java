package dev.linkspan.peer;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole answer of a peer's API.
 *
 * @param status the HTTP status
 * @param envelope the JSON object of the body
 */
public record PeerAnswer(int status, JsonNode envelope) {
    private static final int MOST_ADDRESSES = 1_000;
    private static final int MOST_EXTENSIONS = 64;
    /** Host names have 253 characters at most. */
    private static final int LONGEST_NAME = 260;

    private static final int LONGEST_ERROR = 2_000;
    /** Those that we look for in others. */
    private static final Set<String> EXTENSIONS = Set.of("cluster_links", "access_management_tls", "clustering");

    private static final String OURS = "linkspan_";

    /** Whether the peer did what it was asked: only an envelope of type {@code error} says no. */
    public boolean success() {
        return !"error".equals(envelope.path("type").asString("")) && status < 400;
    }

    public String error() {
        String text = envelope.path("error").asString("");
        return text.isEmpty() ? "HTTP status " + status : text;
    }

    public JsonNode metadata() {
        return envelope.path("metadata");
    }

    /** Whether the answer to {@code GET /1.0} says that the peer trusts the certificate that we presented. */
    public boolean trusted() {
        return success() && "trusted".equals(metadata().path("auth").asString(""));
    }

    /** The API extensions that the answer to {@code GET /1.0} announces. */
    public List<String> extensions() {
        return metadata()
                .path("api_extensions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** The name of the peer's member, as far as it tells us. */
    public String serverName() {
        return metadata().path("environment").path("server_name").asString("");
    }

    /**
     * What of the answer to {@code GET /1.0} is needed later. Answers of a thousand addresses are kept at the same time, and
     * what is in them is up to the peer.
     */
    PeerAnswer brief() {
        ObjectNode brief = JsonNodeFactory.instance.objectNode();
        brief.put("type", cut(envelope.path("type"), LONGEST_NAME));
        brief.put("status_code", envelopeCode());
        brief.put("error", cut(envelope.path("error"), LONGEST_ERROR));
        if (metadata().isObject()) {
            JsonNode environment = metadata().path("environment");
            ObjectNode metadata = brief.putObject("metadata");
            metadata.put("auth", cut(metadata().path("auth"), LONGEST_NAME));
            copy(
                    metadata().path("api_extensions"),
                    MOST_EXTENSIONS,
                    PeerAnswer::matters,
                    metadata.putArray("api_extensions"));
            metadata.putObject("environment")
                    .put("server_name", cut(environment.path("server_name"), LONGEST_NAME))
                    .put("server", cut(environment.path("server"), LONGEST_NAME))
                    .put("server_version", cut(environment.path("server_version"), LONGEST_NAME))
                    .put(
                            "server_clustered",
                            environment.path("server_clustered").asBoolean(false));
            copy(
                    environment.path("addresses"),
                    MOST_ADDRESSES,
                    address -> address.length() <= LONGEST_NAME,
                    ((ObjectNode) metadata.get("environment")).putArray("addresses"));
        }
        return new PeerAnswer(status, brief);
    }

    private static boolean matters(String extension) {
        return EXTENSIONS.contains(extension) || (extension.startsWith(OURS) && extension.length() <= LONGEST_NAME);
    }

    private static String cut(JsonNode text, int longest) {
        String whole = text.asString("");
        return whole.length() <= longest ? whole : whole.substring(0, longest);
    }

    private static void copy(JsonNode list, int most, Predicate<String> wanted, ArrayNode into) {
        list.valueStream()
                .map(item -> item.asString(""))
                .filter(wanted)
                .limit(most)
                .forEach(into::add);
    }

    /** The code inside of the envelope, which is what counts for the state of a link. */
    public int envelopeCode() {
        return envelope.path("status_code").asInt(0);
    }
}
