package dev.linkspan.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What was refused to identities on this member within the last hour: checks, and signing in by something of their own that
 * had expired. What proves nobody is refused to nobody and stands among the security events. The same again is counted, and
 * there is a limit for each identity and for all: whoever is refused on purpose displaces his own refusals first.
 */
@Component
public class Refusals {
    /** In place of an entitlement: the identity's own bearer token had expired. */
    public static final String TOKEN_EXPIRED = "token_expired";

    /** In place of an entitlement: the identity's own certificate wasn't valid at that time. */
    public static final String CERTIFICATE_EXPIRED = "certificate_expired";

    /** How long one is kept. */
    public static final Duration KEPT = Duration.ofHours(1);

    private static final int MOST_OF_IDENTITY = 100;
    private static final int MOST = 10_000;
    private static final int LONGEST_REQUEST = 300;

    /**
     * A check that was refused, or a sign-in.
     *
     * @param entity what it was about; row 0 when that doesn't exist; of a sign-in the identity itself
     * @param entitlement or {@link #TOKEN_EXPIRED} or {@link #CERTIFICATE_EXPIRED}
     * @param request method and path of the last such request; empty when it came from the console
     * @param count how often
     */
    public record Refusal(
            long identityId,
            EntityReference entity,
            String entitlement,
            String request,
            long count,
            Instant first,
            Instant last) {
        /** Whether nothing was checked, since the identity wasn't let in. */
        public boolean signIn() {
            return entitlement.equals(TOKEN_EXPIRED) || entitlement.equals(CERTIFICATE_EXPIRED);
        }
    }

    private record Key(EntityReference entity, String entitlement) {}

    private final Clock clock;
    private final Map<Long, Map<Key, Refusal>> byIdentity = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    Refusals(Clock clock) {
        this.clock = clock;
    }

    void add(Caller caller, EntityReference entity, String entitlement) {
        caller.identity().ifPresent(identity -> add(identity.id(), caller.origin(), entity, entitlement));
    }

    /** Somebody came with what had been this identity's. */
    void expired(long identityId, Origin origin, String what) {
        add(identityId, origin, EntityReference.of(EntityType.IDENTITY, identityId), what);
    }

    private synchronized void add(long identityId, Origin origin, EntityReference entity, String entitlement) {
        Instant now = clock.instant();
        Map<Key, Refusal> own = byIdentity.computeIfAbsent(identityId, id -> new LinkedHashMap<>(16, 0.75f, true));
        Key key = new Key(entity, entitlement);
        Refusal before = own.get(key);
        if (before != null && before.last().isBefore(now.minus(KEPT))) {
            before = null;
        }
        long count = before == null ? 1 : before.count() + 1;
        Instant first = before == null ? now : before.first();
        String request = cut(origin.request());
        if (own.put(key, new Refusal(identityId, entity, entitlement, request, count, first, now)) == null) {
            size++;
        }
        if (own.size() > MOST_OF_IDENTITY) {
            removeEldest(own);
        }
        if (size > MOST) {
            Map.Entry<Long, Map<Key, Refusal>> eldest =
                    byIdentity.entrySet().iterator().next();
            removeEldest(eldest.getValue());
            if (eldest.getValue().isEmpty()) {
                byIdentity.remove(eldest.getKey());
            }
        }
    }

    private void removeEldest(Map<Key, Refusal> refusals) {
        Iterator<Key> keys = refusals.keySet().iterator();
        keys.next();
        keys.remove();
        size--;
    }

    private static String cut(String request) {
        return request.length() > LONGEST_REQUEST ? request.substring(0, LONGEST_REQUEST) : request;
    }

    /** All of the last hour, the latest first. */
    synchronized List<Refusal> recent() {
        Instant oldest = clock.instant().minus(KEPT);
        List<Refusal> recent = new ArrayList<>();
        Iterator<Map<Key, Refusal>> all = byIdentity.values().iterator();
        while (all.hasNext()) {
            Map<Key, Refusal> own = all.next();
            int before = own.size();
            own.values().removeIf(refusal -> refusal.last().isBefore(oldest));
            size -= before - own.size();
            recent.addAll(own.values());
            if (own.isEmpty()) {
                all.remove();
            }
        }
        recent.sort((one, other) -> other.last().compareTo(one.last()));
        return recent;
    }
}
