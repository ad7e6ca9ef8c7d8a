package dev.linkspan.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A whole HTTP answer.
 *
 * @param headers names in any case, the last one of a name
 * @param content the body's bytes, decoded from chunks
 */
public record Answer(int status, Map<String, String> headers, byte[] content) {

    private static final JsonMapper JSON = new JsonMapper();

    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The body as JSON; a missing node when there is none. */
    public JsonNode body() {
        return content.length == 0 ? MissingNode.getInstance() : JSON.readTree(content);
    }

    public JsonNode metadata() {
        return body().path("metadata");
    }

    /** The error text of the envelope, empty for a success. */
    public String error() {
        return body().path("error").asString("");
    }

    public String etag() {
        return headers.get("ETag");
    }

    public String location() {
        return headers.get("Location");
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + (text.length() > 2000 ? text.substring(0, 2000) + "…" : text);
    }
}
