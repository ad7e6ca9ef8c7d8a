package dev.linkspan.event;

import dev.linkspan.access.Caller;
import dev.linkspan.access.Denied;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.SecurityEvent.Level;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Security events that no change belongs to: refusals. They are told and kept on a thread of their own, so that whoever is
 * refused doesn't wait for it. The same one is kept once a minute, so that nobody fills the database by being refused, and
 * when there are too many at once the rest is dropped.
 */
@Component
public class SecurityWatch {
    private static final Logger log = LoggerFactory.getLogger(SecurityWatch.class);
    private static final int QUEUE = 1_000;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final int LONGEST_URL = 2_000;

    private record Key(String who, String name) {}

    private final Events events;
    private final Entities entities;
    private final LiveFeed feed;
    private final Map<Key, Instant> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("security-events").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    SecurityWatch(Events events, Entities entities, LiveFeed feed) {
        this.events = events;
        this.entities = entities;
        this.feed = feed;
    }

    /** Refusals to change the server itself are left out, as LXD does: clients ask for that only to see whether they may. */
    @EventListener
    void denied(Denied denied) {
        EntityType type = denied.entity().type();
        boolean asked = denied.entitlement().equals("can_edit")
                && (type == EntityType.SERVER || type == EntityType.STORAGE_POOL);
        if (denied.caller().trusted() && !asked) {
            SecurityEvent event = events.security(denied.caller(), "", Level.WARNING, "Authorization denied");
            worker.execute(() -> tell(denied, event));
        }
    }

    private void tell(Denied denied, SecurityEvent event) {
        long row = denied.entity().id();
        try {
            EntityUrl url = entities.urls(denied.entity().type(), List.of(row)).get(row);
            if (url != null) {
                String shown = url.brief().length() > LONGEST_URL ? url.brief().substring(0, LONGEST_URL) : url.brief();
                tell(named(event, "authz_fail:" + denied.entitlement() + ":" + shown, event.address()));
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("A refusal is not recorded: {}", e.getMessage());
        }
    }

    private static SecurityEvent named(SecurityEvent event, String name, String address) {
        return new SecurityEvent(
                event.at(),
                name,
                event.level(),
                event.description(),
                event.requestMethod(),
                event.requestPath(),
                event.project(),
                event.username(),
                event.protocol(),
                address,
                event.userAgent());
    }

    /** Somebody came with a certificate that nobody here has, and asked for something that needs one. */
    public void certificateUnknown(Caller caller) {
        SecurityEvent event =
                events.security(caller, "authn_login_fail:tls", Level.WARNING, "TLS authentication failure");
        SecurityEvent withoutPort = named(event, event.name(), caller.origin().host());
        worker.execute(() -> tell(withoutPort));
    }

    /** Somebody presented a trust token that was used before. */
    public void tokenReused(Caller caller) {
        SecurityEvent event = events.security(caller, "authn_token_reuse", Level.WARNING, "Trust token reused");
        worker.execute(() -> tell(event));
    }

    private void tell(SecurityEvent event) {
        feed.publish(event);
        String who = event.username().isEmpty() ? event.address().replaceFirst(":\\d+$", "") : event.username();
        Key key = new Key(who, event.name());
        Instant before = kept.get(key);
        if (before != null && Duration.between(before, event.at()).compareTo(BETWEEN) < 0) {
            return;
        }
        try {
            events.keep(event);
            kept.put(key, event.at());
        } catch (DataAccessException e) {
            log.debug("A security event is not recorded: {}", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        worker.shutdownNow();
    }
}
