package dev.linkspan.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Traffic that was recorded from LXD 6.9 and its client: one scenario, with placeholders in braces for what varies.
 *
 * @param tokens for each placeholder of a trust token the decoded JSON
 */
public record Transcript(String name, List<Exchange> exchanges, JsonNode tokens) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One request and its answer; connections that carried none are left out.
     *
     * @param command number of the command that was running; 0 for one in the background
     * @param events what came over the websocket, as JSON texts
     */
    public record Exchange(
            int number,
            int command,
            String from,
            String to,
            String certificate,
            Request request,
            Recorded answer,
            List<JsonNode> events) {}

    /**
     * @param body a JSON value, a JSON text for a body that was no JSON, or null
     */
    public record Request(String method, String path, Map<String, String> headers, JsonNode body) {}

    /** What a stock server answered. */
    public record Recorded(int status, Map<String, String> headers, JsonNode body) {

        /** An error in place of whatever was recorded. */
        public Recorded refused(int otherStatus, String text) {
            Map<String, Object> envelope = new TreeMap<>();
            envelope.put("type", "error");
            envelope.put("status", "");
            envelope.put("status_code", 0);
            envelope.put("operation", "");
            envelope.put("error_code", otherStatus);
            envelope.put("error", text);
            envelope.put("metadata", null);
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            fields.put("Content-Type", "application/json");
            fields.put("X-Content-Type-Options", "nosniff");
            return new Recorded(otherStatus, fields, JSON.valueToTree(envelope));
        }

        /** A success with another status and header in place of whatever was recorded; the metadata is null. */
        public Recorded created(String location) {
            Recorded error = refused(201, "");
            ObjectNode body = (ObjectNode) error.body();
            body.put("type", "sync")
                    .put("status", "Success")
                    .put("status_code", 200)
                    .put("error_code", 0);
            Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            fields.put("Content-Type", "application/json");
            fields.put("Location", location);
            return new Recorded(201, fields, body);
        }

        /** The same with one more object in its list. */
        public Recorded with(String json) {
            ObjectNode copy = (ObjectNode) body.deepCopy();
            ((ArrayNode) copy.get("metadata")).add(JSON.readTree(json));
            return new Recorded(status, headers, copy);
        }

        /** The same with another text at all places of the body. */
        public Recorded replacing(String text, String other) {
            String json = JSON.writeValueAsString(body);
            if (!json.contains(text)) {
                throw new IllegalArgumentException("no " + text + " in " + json);
            }
            return new Recorded(status, headers, JSON.readTree(json.replace(text, other)));
        }

        /** The same without these keys, wherever they are. */
        public Recorded withoutKeys(String... keys) {
            JsonNode copy = body.deepCopy();
            remove(copy, Set.of(keys));
            return new Recorded(status, headers, copy);
        }

        private static void remove(JsonNode node, Set<String> keys) {
            if (node instanceof ObjectNode object) {
                object.remove(keys);
            }
            node.forEach(inner -> remove(inner, keys));
        }

        /** The same with this value for a key, wherever it is. */
        public Recorded setting(String key, String json) {
            JsonNode copy = body.deepCopy();
            set(copy, key, JSON.readTree(json));
            return new Recorded(status, headers, copy);
        }

        private static void set(JsonNode node, String key, JsonNode value) {
            if (node instanceof ObjectNode object && object.has(key)) {
                object.set(key, value);
            }
            node.forEach(inner -> set(inner, key, value));
        }

        /** The same without some of the objects that it lists. */
        public Recorded without(Predicate<JsonNode> unwanted) {
            if (!body.path("metadata").isArray()) {
                return this;
            }
            ObjectNode copy = (ObjectNode) body.deepCopy();
            ArrayNode list = copy.putArray("metadata");
            body.path("metadata").forEach(item -> {
                if (!unwanted.test(item)) {
                    list.add(item);
                }
            });
            return new Recorded(status, headers, copy);
        }
    }

    /** The transcript of this name in {@code transcripts/}. */
    public static Transcript read(String name) {
        JsonNode file;
        try (InputStream in = Transcript.class.getResourceAsStream("/transcripts/" + name + ".json")) {
            file = JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Exchange> exchanges = new ArrayList<>();
        for (JsonNode exchange : file.path("exchanges")) {
            if (exchange.has("request")) {
                exchanges.add(new Exchange(
                        exchange.path("n").asInt(),
                        exchange.path("command").asInt(0),
                        exchange.path("from").asString(),
                        exchange.path("to").asString(),
                        exchange.path("client_certificate").asString(),
                        request(exchange.path("request")),
                        recorded(exchange.path("response")),
                        events(exchange.path("websocket"))));
            }
        }
        return new Transcript(name, exchanges, file.path("tokens"));
    }

    private static List<JsonNode> events(JsonNode frames) {
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode frame : frames) {
            if (frame.path("type").asString("").equals("text")) {
                events.add(frame.path("payload"));
            }
        }
        return events;
    }

    private static Request request(JsonNode request) {
        JsonNode body = request.path("body");
        return new Request(
                request.path("method").asString(),
                request.path("path").asString(),
                headers(request),
                body.isNull() ? null : body);
    }

    private static Recorded recorded(JsonNode response) {
        return new Recorded(response.path("status").asInt(), headers(response), response.path("body"));
    }

    private static Map<String, String> headers(JsonNode message) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return headers;
    }
}
