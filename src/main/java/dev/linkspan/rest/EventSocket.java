package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.event.EventWire;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.event.SecurityEvent;
import dev.linkspan.operation.Operation;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of {@code /1.0/events}. Events wait in a queue for a thread of this socket, so that a slow listener holds
 * up nobody else; when it is too slow for the queue, it is closed.
 */
final class EventSocket extends Endpoint {
    private static final Logger log = LoggerFactory.getLogger(EventSocket.class);
    private static final Duration PING = Duration.ofSeconds(10);
    /** A client that went away in the middle of its request never opens the websocket. */
    private static final Duration OPENED_WITHIN = Duration.ofSeconds(30);

    private static final int MOST_UNANSWERED = 3;
    private static final int QUEUE = 10_000;
    private static final CloseReason TOO_SLOW = new CloseReason(CloseCodes.TRY_AGAIN_LATER, "The listener is too slow");
    private static final CloseReason SILENT = new CloseReason(CloseCodes.GOING_AWAY, "The listener does not answer");
    private static final CloseReason REVOKED = new CloseReason(CloseCodes.VIOLATED_POLICY, "Access was revoked");

    private final Supplier<Caller> listener;
    private final String project;
    private final Set<String> types;
    private final EventRights rights;
    private final LiveFeed feed;
    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile LiveFeed.Subscription subscription;
    private volatile long listeningSince;
    private volatile boolean tooSlow;
    private volatile Thread sender;

    /**
     * @param listener proves each time anew who listens
     * @param project the only project whose events are wanted, besides those without project; null for all
     * @param types the wanted types of events; empty for all
     */
    EventSocket(Supplier<Caller> listener, String project, Set<String> types, EventRights rights, LiveFeed feed) {
        this.listener = listener;
        this.project = project;
        this.types = types;
        this.rights = rights;
        this.feed = feed;
    }

    /** Begins to listen, before the client is told that it may wait for events: none that comes from then on is missed. */
    void listen() {
        listeningSince = System.nanoTime();
        subscription = feed.subscribeAll(this::queue);
    }

    /** Ends what {@link #listen} began when the client could not be told. */
    void giveUp() {
        subscription.cancel();
    }

    @Override
    public void onOpen(Session session, EndpointConfig configuration) {
        session.setMaxIdleTimeout(0);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> unanswered.set(0));
        sender = Thread.ofPlatform().name("events").daemon().start(() -> send(session));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (subscription != null) {
            subscription.cancel();
        }
        if (sender != null) {
            sender.interrupt();
        }
    }

    @Override
    public void onError(Session session, Throwable problem) {
        log.debug("A listener of events is gone: {}", problem.toString());
    }

    private void queue(Object happening) {
        if (sender == null && System.nanoTime() - listeningSince > OPENED_WITHIN.toNanos()) {
            subscription.cancel();
            queue.clear();
            return;
        }
        if (wanted(happening) && !queue.offer(happening)) {
            tooSlow = true;
        }
    }

    private boolean wanted(Object happening) {
        return switch (happening) {
            case LifecycleEvent event -> event.kept() && wanted("lifecycle", event.project());
            case Operation operation -> wanted("operation", operation.project());
            case SecurityEvent event -> wanted("security", event.project().isEmpty() ? null : event.project());
            default -> false;
        };
    }

    private boolean wanted(String type, String of) {
        return (types.isEmpty() || types.contains(type)) && (project == null || of == null || project.equals(of));
    }

    private void send(Session session) {
        try {
            long nextPing = System.nanoTime();
            CloseReason end = null;
            while (end == null) {
                long untilPing = nextPing - System.nanoTime();
                Object happening = untilPing <= 0 ? null : queue.poll(untilPing, TimeUnit.NANOSECONDS);
                if (tooSlow) {
                    end = TOO_SLOW;
                } else if (happening == null) {
                    end = ping(session);
                    nextPing = System.nanoTime() + PING.toNanos();
                } else {
                    end = tell(session, happening);
                }
            }
            session.close(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.debug("A listener of events is gone: {}", e.toString());
        } finally {
            subscription.cancel();
            close(session);
        }
    }

    private static void close(Session session) {
        try {
            if (session.isOpen()) {
                session.close();
            }
        } catch (IOException e) {
            log.debug("A listener of events is gone: {}", e.toString());
        }
    }

    /** Who listens, with the rights of now; empty when the credentials don't do any more. */
    private Optional<Caller> now() {
        try {
            return Optional.of(listener.get()).filter(Caller::trusted);
        } catch (ProblemException e) {
            if (e.is(Problem.DATABASE_UNAVAILABLE)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private CloseReason ping(Session session) throws IOException {
        if (now().isEmpty()) {
            return REVOKED;
        }
        if (unanswered.get() >= MOST_UNANSWERED) {
            return SILENT;
        }
        unanswered.incrementAndGet();
        session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        return null;
    }

    private CloseReason tell(Session session, Object happening) throws IOException {
        Optional<Caller> caller = now();
        if (caller.isEmpty()) {
            return REVOKED;
        }
        Object wire =
                switch (happening) {
                    case LifecycleEvent event -> rights.maySee(caller.get(), event) ? EventWire.of(event) : null;
                    case Operation operation ->
                        rights.seen(caller.get(), operation)
                                .map(OperationEventWire::of)
                                .orElse(null);
                    case SecurityEvent event -> rights.maySeeSecurity(caller.get()) ? EventWire.of(event) : null;
                    default -> null;
                };
        if (wire != null) {
            session.getBasicRemote().sendText(new String(Json.bytes(wire), StandardCharsets.UTF_8));
        }
        return null;
    }
}
