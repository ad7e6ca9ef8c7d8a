package dev.linkspan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the requests of a transcript to real servers and compares their answers with the recorded ones. Servers that are
 * real talk to each other by themselves; what a stock server sent is sent in its name.
 */
public final class Replay {

    private static final int SWITCHING = 101;
    private static final Set<String> REPEATED = Set.of("If-Match", "User-Agent", "X-LXD-authenticated");
    private static final Set<String> COMPARED =
            Set.of("Content-Type", "Content-Disposition", "Location", "ETag", "X-Content-Type-Options");

    /** What of the environment is the same for every server that stands where LXD stood. */
    private static final List<String> ENVIRONMENT = List.of(
            "addresses",
            "backup_metadata_version_range",
            "certificate",
            "certificate_fingerprint",
            "project",
            "server_clustered",
            "server_event_mode",
            "server_name",
            "server_lts");

    private final Transcript transcript;
    private final Placeholders placeholders;
    private final Map<String, LinkspanProcess> servers = new HashMap<>();
    private final Map<String, TestCertificate> certificates = new HashMap<>();
    private final Map<Integer, Runnable> interludes = new HashMap<>();
    private final Map<Integer, UnaryOperator<Transcript.Recorded>> edits = new HashMap<>();
    private final List<UnaryOperator<Transcript.Recorded>> always = new ArrayList<>();
    private final Set<Integer> refused = new HashSet<>();
    private final Set<Integer> left = new HashSet<>();
    private final Map<Integer, String> parts = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<Listening> listening = new ArrayList<>();
    private final List<Predicate<JsonNode>> unsentEvents = new ArrayList<>();
    private int sent;

    private Replay(String name) {
        this.transcript = Transcript.read(name);
        this.placeholders = new Placeholders(transcript.tokens());
        placeholders.bind("KERNEL_VERSION", "6.8.0");
        placeholders.bind("OS_NAME", "Debian GNU/Linux");
        placeholders.bind("OS_VERSION", "12");
    }

    public static Replay of(String transcript) {
        return new Replay(transcript);
    }

    /** The server that plays this actor. */
    public Replay server(String actor, LinkspanProcess server) {
        servers.put(actor, server);
        placeholders.bind("ADDRESS_" + actor, server.address());
        placeholders.bind("FINGERPRINT_" + actor, server.fingerprint());
        placeholders.bind("PEM_" + actor, server.pem().strip());
        return this;
    }

    /** The scripted peer that plays this actor: what the actor sent is sent with the peer's certificate. */
    public Replay stock(String actor, ScriptedPeer peer) {
        servers.remove(actor);
        placeholders.bind("ADDRESS_" + actor, peer.address().address());
        placeholders.bind("FINGERPRINT_" + actor, peer.fingerprint());
        placeholders.bind("PEM_" + actor, peer.certificate().pem().strip());
        certificate("CLUSTER_" + actor, peer.certificate());
        certificates.put("server certificate of " + actor, peer.certificate());
        certificates.put("cluster certificate of " + actor, peer.certificate());
        return this;
    }

    /** The certificate behind placeholders such as {@code {FINGERPRINT_CLIENT_2}}. */
    public Replay certificate(String placeholder, TestCertificate certificate) {
        placeholders.bind("FINGERPRINT_" + placeholder, certificate.fingerprint());
        placeholders.bind("PEM_" + placeholder, certificate.pem().strip());
        return this;
    }

    /** Who presents this certificate: {@code client}, {@code client 2}, {@code unknown client certificate}. */
    public Replay caller(String label, TestCertificate certificate) {
        certificates.put(label, certificate);
        return this;
    }

    public Replay bind(String placeholder, String value) {
        placeholders.bind(placeholder, value);
        return this;
    }

    /** Does something that the transcript doesn't show, just before the exchange of this number. */
    public Replay before(int number, Runnable interlude) {
        interludes.put(number, interlude);
        return this;
    }

    /** These requests are refused here; {@code line} is the first cell of the line in {@code docs/differences.md}. */
    public Replay refuses(String line, int... numbers) {
        requireDocumented(line);
        for (int number : numbers) {
            refused.add(number);
        }
        return this;
    }

    /** These requests make no sense after what was refused, and aren't sent. */
    public Replay leavesOut(int... numbers) {
        for (int number : numbers) {
            left.add(number);
        }
        return this;
    }

    /** This answer is another one here. */
    public Replay differs(String line, int number, UnaryOperator<Transcript.Recorded> edit) {
        requireDocumented(line);
        return reads(number, edit);
    }

    /** All answers and events are others here, in a way that shows wherever it applies. */
    public Replay differs(String line, UnaryOperator<Transcript.Recorded> edit) {
        requireDocumented(line);
        always.add(edit);
        return this;
    }

    /** These events aren't sent here. */
    public Replay lacksEvents(String line, Predicate<JsonNode> event) {
        requireDocumented(line);
        unsentEvents.add(event);
        return this;
    }

    /** What these recorded answers list isn't there. */
    public Replay lacks(String line, Predicate<JsonNode> item) {
        requireDocumented(line);
        always.add(recorded -> recorded.without(item));
        return this;
    }

    /** This answer is to be read differently, because the stage is another one. */
    public Replay reads(int number, UnaryOperator<Transcript.Recorded> edit) {
        edits.merge(number, edit, (first, second) -> recorded -> second.apply(first.apply(recorded)));
        return this;
    }

    /** Of this answer's metadata only one key is compared: the rest shows what other scenarios did before. */
    public Replay part(int number, String key) {
        parts.put(number, key);
        return this;
    }

    private static JsonNode part(JsonNode body, String key) {
        ObjectNode copy = (ObjectNode) body.deepCopy();
        JsonNode part = copy.path("metadata").path(key);
        copy.putObject("metadata").set(key, part);
        return copy;
    }

    private static void requireDocumented(String line) {
        try {
            assertThat(Files.readString(Path.of("docs", "differences.md"))).contains("\n| " + line + " |");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends everything and fails with all differences. */
    public void run() {
        for (Transcript.Exchange exchange : transcript.exchanges()) {
            Runnable interlude = interludes.get(exchange.number());
            if (interlude != null) {
                interlude.run();
            }
            boolean ours = servers.containsKey(exchange.to()) && !servers.containsKey(exchange.from());
            if (ours && !left.contains(exchange.number())) {
                endListening(exchange.command());
                replay(exchange);
            }
        }
        endListening(-1);
        assertThat(differences).as(transcript.name()).isEmpty();
        assertThat(sent > 0 || transcript.exchanges().isEmpty())
                .as("requests of %s are sent", transcript.name())
                .isTrue();
    }

    /** A client that listens to events while its command runs. */
    private record Listening(Transcript.Exchange exchange, EventsConnection connection) {}

    private void listen(Transcript.Exchange exchange) {
        sent++;
        TestCertificate certificate = certificates.get(exchange.certificate());
        ApiClient client = servers.get(exchange.to()).https().as(certificate);
        listening.add(new Listening(
                exchange,
                EventsConnection.open(
                        client, placeholders.fill(exchange.request().path()))));
    }

    /** The commands before {@code command} have ended; those in the background go on until the end, which is -1. */
    private void endListening(int command) {
        for (Listening listener : List.copyOf(listening)) {
            int of = listener.exchange().command();
            if (command == -1 || (of != 0 && command != 0 && of != command)) {
                listening.remove(listener);
                compareEvents(listener);
            }
        }
    }

    private void compareEvents(Listening listener) {
        List<JsonNode> recorded = listener.exchange().events().stream()
                .filter(event -> unsentEvents.stream().noneMatch(unsent -> unsent.test(event)))
                .toList();
        try (EventsConnection connection = listener.connection()) {
            List<JsonNode> received = connection.await(recorded.size());
            String what = "\n" + transcript.name() + " " + listener.exchange().number() + " event ";
            if (received.size() != recorded.size()) {
                differences.add(what + "s: " + recorded.size() + " were recorded, received " + received);
                return;
            }
            for (int i = 0; i < recorded.size(); i++) {
                Transcript.Recorded event = new Transcript.Recorded(200, Map.of(), recorded.get(i));
                for (UnaryOperator<Transcript.Recorded> edit : always) {
                    event = edit.apply(event);
                }
                int number = i;
                Comparison.differences(placeholders, false, event.body(), received.get(i))
                        .forEach(difference -> differences.add(what + number + " " + difference));
            }
        }
    }

    /** An operation is read until it has ended: how far it is at the first look is a matter of luck. */
    private Answer untilEnded(Transcript.Exchange exchange, Answer first) {
        Answer answer = first;
        while (readsOperation(exchange)
                && answer.metadata().path("status_code").asInt() < 200
                && answer.status() == 200) {
            answer = send(exchange);
        }
        return answer;
    }

    private static boolean readsOperation(Transcript.Exchange exchange) {
        return exchange.request().method().equals("GET")
                && exchange.request().path().startsWith("/1.0/operations/{OPERATION_");
    }

    private static Transcript.Recorded ended(Transcript.Recorded recorded, int number) {
        return recorded.body().path("metadata").path("status").asString("").equals("Running")
                ? recorded.setting("status", "\"Success\"")
                        .setting("status_code", "200")
                        .setting("updated_at", "\"{TIME_END_" + number + "}\"")
                : recorded;
    }

    private void replay(Transcript.Exchange exchange) {
        if (exchange.answer().status() == SWITCHING && !refused.contains(exchange.number())) {
            listen(exchange);
            return;
        }
        sent++;
        Answer answer = untilEnded(exchange, send(exchange));
        List<String> found = refused.contains(exchange.number()) ? notRefused(answer) : compare(exchange, answer);
        String what = exchange.request().method() + " " + exchange.request().path();
        found.forEach(difference ->
                differences.add("\n" + transcript.name() + " " + exchange.number() + " " + what + " " + difference));
    }

    private Answer send(Transcript.Exchange exchange) {
        Transcript.Request request = exchange.request();
        TestCertificate certificate =
                exchange.certificate().equals("none") ? null : certificates.get(exchange.certificate());
        if (certificate == null && !exchange.certificate().equals("none")) {
            throw new IllegalStateException("nobody is " + exchange.certificate());
        }
        String body = request.body() == null
                ? null
                : request.body().isString() ? placeholders.fill(request.body().asString()) : filledJson(request.body());
        String[] headers = request.headers().entrySet().stream()
                .filter(header -> REPEATED.contains(header.getKey()))
                .map(header -> header.getKey() + ": " + known(header.getValue()))
                .toArray(String[]::new);
        ApiClient client = servers.get(exchange.to()).https();
        return (certificate == null ? client : client.as(certificate))
                .send(request.method(), placeholders.fill(request.path()), body, headers);
    }

    private String known(String header) {
        return header.startsWith("LXD ") ? placeholders.known(header) : placeholders.fill(header);
    }

    /** Values go in as text: certificates have line feeds. */
    private String filledJson(JsonNode body) {
        return filled(body).toString();
    }

    private JsonNode filled(JsonNode node) {
        JsonMapper json = JsonMapper.shared();
        if (node.isString()) {
            return json.getNodeFactory().stringNode(placeholders.fill(node.asString()));
        }
        if (node.isObject()) {
            ObjectNode copy = json.createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), filled(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            var copy = json.createArrayNode();
            node.forEach(item -> copy.add(filled(item)));
            return copy;
        }
        return node;
    }

    private static List<String> notRefused(Answer answer) {
        boolean error = answer.status() >= 400
                && answer.body().path("type").asString("").equals("error");
        return error ? List.of() : List.of("should be refused: " + answer);
    }

    private List<String> compare(Transcript.Exchange exchange, Answer answer) {
        Transcript.Recorded recorded =
                readsOperation(exchange) ? ended(exchange.answer(), exchange.number()) : exchange.answer();
        for (UnaryOperator<Transcript.Recorded> edit : always) {
            recorded = edit.apply(recorded);
        }
        recorded =
                edits.getOrDefault(exchange.number(), UnaryOperator.identity()).apply(recorded);
        List<String> found = new ArrayList<>();
        if (answer.status() != recorded.status()) {
            found.add("status " + recorded.status() + " was recorded: " + answer);
            return found;
        }
        for (String header : COMPARED) {
            String was = recorded.headers().get(header);
            String is = answer.headers().get(header);
            boolean same = was == null ? is == null : is != null && placeholders.matches(was, is);
            if (!same) {
                found.add(header + ": recorded " + was + ", answered " + is);
            }
        }
        if (recorded.body().isString()) {
            return found;
        }
        String path = exchange.request().path();
        boolean identities = path.startsWith("/1.0/auth/identities") || path.startsWith("/1.0/auth/permissions");
        String part = parts.get(exchange.number());
        JsonNode expected = shown(recorded, answer, found);
        found.addAll(Comparison.differences(
                placeholders,
                identities,
                part == null ? expected : part(expected, part),
                part == null ? answer.body() : part(answer.body(), part)));
        return found;
    }

    /** In a complete {@code GET /1.0}: what differs by design is checked here and taken from the answer. */
    private JsonNode shown(Transcript.Recorded recorded, Answer answer, List<String> found) {
        JsonNode extensions = recorded.body().path("metadata").path("api_extensions");
        if (!extensions.isArray()) {
            return recorded.body();
        }
        ObjectNode body = (ObjectNode) recorded.body().deepCopy();
        ObjectNode metadata = (ObjectNode) body.get("metadata");
        List<String> theirs = texts(extensions);
        List<String> ours = texts(answer.metadata().path("api_extensions")).stream()
                .filter(extension -> !extension.startsWith("linkspan_"))
                .toList();
        if (!ours.equals(theirs.stream().filter(ours::contains).toList())) {
            found.add("extensions that LXD doesn't have, or in another order: " + ours);
        }
        metadata.set("api_extensions", answer.metadata().get("api_extensions"));
        if (metadata.has("environment")) {
            ObjectNode environment = (ObjectNode) metadata.get("environment");
            JsonNode answered = answer.metadata().path("environment");
            for (String key : List.copyOf(environment.propertyNames())) {
                if (!ENVIRONMENT.contains(key) && answered.has(key)) {
                    environment.set(key, answered.get(key));
                }
            }
        }
        return body;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asString()));
        return texts;
    }
}
