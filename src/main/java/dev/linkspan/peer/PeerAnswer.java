package dev.linkspan.peer;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A whole answer of a peer's API.
 *
 * @param status the HTTP status
 * @param envelope the JSON object of the body
 */
public record PeerAnswer(int status, JsonNode envelope) {
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

    /** The code inside of the envelope, which is what counts for the state of a link. */
    public int envelopeCode() {
        return envelope.path("status_code").asInt(0);
    }
}
