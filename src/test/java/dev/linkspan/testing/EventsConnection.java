package dev.linkspan.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listens to {@code /1.0/events} as the stock client does; spoken by hand over HTTPS or the Unix socket. */
public final class EventsConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final HttpConnection connection;
    private final boolean answersPings;
    private final Instant since;
    private final List<JsonNode> events = new ArrayList<>();
    private int pings;
    private int closeCode;
    private boolean ended;

    private EventsConnection(HttpConnection connection, boolean answersPings, Instant since) {
        this.connection = connection;
        this.answersPings = answersPings;
        this.since = since;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Listens at this path, for example {@code /1.0/events?type=lifecycle}. */
    public static EventsConnection open(ApiClient client, String path, String... headers) {
        return open(client, path, true, headers);
    }

    /** As {@link #open}, but never answers a ping. */
    public static EventsConnection openSilent(ApiClient client, String path) {
        return open(client, path, false);
    }

    private static EventsConnection open(ApiClient client, String path, boolean answersPings, String... headers) {
        try {
            Instant now = Instant.now();
            HttpConnection connection = client.connect();
            Answer answer = request(connection, path, headers);
            if (answer.status() != 101) {
                throw new IllegalStateException("no websocket: " + answer);
            }
            return new EventsConnection(connection, answersPings, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a request to listen that is refused. */
    public static Answer refused(ApiClient client, String path, String... headers) {
        try (HttpConnection connection = client.connect()) {
            return request(connection, path, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer request(HttpConnection connection, String path, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13"));
        headers.addAll(List.of(more));
        return connection.send("GET", path, null, headers.toArray(String[]::new));
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(connection.in());
            while (true) {
                int kind = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte();
                length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
                byte[] payload = in.readNBytes(length);
                take(kind, payload);
            }
        } catch (IOException e) {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    /** What happened right before may still be on its way to everybody who listens, and isn't what a test waits for. */
    private void add(JsonNode event) {
        if (!Instant.parse(event.path("timestamp").asString()).isBefore(since)) {
            events.add(event);
        }
    }

    private synchronized void take(int kind, byte[] payload) throws IOException {
        switch (kind) {
            case TEXT -> add(JsonMapper.shared().readTree(payload));
            case PING -> {
                pings++;
                if (answersPings) {
                    send(PONG, payload);
                }
            }
            case CLOSE -> closeCode = payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            default -> throw new IOException("frame of kind " + kind);
        }
        notifyAll();
    }

    private void send(int kind, byte[] payload) throws IOException {
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) (0x80 | kind);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        connection.out().write(frame);
        connection.out().flush();
    }

    /** The events so far, when there are this many and no more follow, or when they don't come. */
    public List<JsonNode> await(int count) {
        Instant deadline = Instant.now().plus(PATIENCE);
        waitUntil(() -> events.size() >= count, deadline);
        pause(QUIET);
        return events();
    }

    /** The first event of this kind, or an exception when it doesn't come. */
    public JsonNode await(Predicate<JsonNode> wanted) {
        waitUntil(() -> events.stream().anyMatch(wanted), Instant.now().plus(PATIENCE));
        return events().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not among " + events()));
    }

    /** Waits until the server has closed the websocket; returns its code, or 0 when it just ended. */
    public synchronized int awaitClose(Duration longest) {
        waitUntil(() -> ended || closeCode != 0, Instant.now().plus(longest));
        if (!ended && closeCode == 0) {
            throw new IllegalStateException("still open");
        }
        return closeCode;
    }

    private synchronized void waitUntil(BooleanSupplier done, Instant deadline) {
        try {
            for (long left = 1; !done.getAsBoolean() && left > 0; ) {
                left = Duration.between(Instant.now(), deadline).toMillis();
                if (left > 0) {
                    wait(left);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public synchronized List<JsonNode> events() {
        return List.copyOf(events);
    }

    public synchronized int pings() {
        return pings;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
