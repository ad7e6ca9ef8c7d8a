package dev.linkspan.ui.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.identity.IdentityService.Former;
import dev.linkspan.ui.shared.Texts;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The identities that the reader may see, to call those by name who caused something. */
public final class KnownIdentities {
    private static final String SOCKET = "unix";
    private static final int SHORT = 12;

    private final Map<String, IdentityOverview> byKey;
    private final Map<String, List<Former>> former = new HashMap<>();

    public KnownIdentities(Collection<IdentityOverview> identities) {
        byKey = identities.stream()
                .collect(Collectors.toMap(
                        identity -> key(identity.method(), identity.identifier()), Function.identity(), (a, b) -> a));
    }

    /** What pages call an identity by in their addresses. */
    public static String key(String method, String identifier) {
        return method + '/' + identifier;
    }

    /** Who is called so, or was by an earlier identifier. */
    public Optional<IdentityOverview> find(String key) {
        return Optional.ofNullable(byKey.get(key)).or(() -> former.getOrDefault(key, List.of()).stream()
                .filter(who -> who.now() != null)
                .findFirst()
                .map(who -> byKey.get(key(who.now()))));
    }

    /** Finds out who was called so at other times. */
    public void learn(IdentityService identities, Caller caller, Collection<EntityUrl> urls) {
        List<EntityUrl> unknown = urls.stream()
                .distinct()
                .filter(url -> !former.containsKey(key(url)))
                .toList();
        unknown.forEach(url -> former.put(key(url), List.of()));
        identities.former(caller, unknown).forEach((url, who) -> former.put(key(url), who));
    }

    /** Who was called what at that time. */
    public Then at(Instant time) {
        return new Then(time);
    }

    private static String key(EntityUrl url) {
        return key(url.arguments().getFirst(), url.arguments().getLast());
    }

    /** All of them by name. */
    public List<IdentityOverview> all() {
        return byKey.values().stream()
                .sorted(Comparator.comparing(IdentityOverview::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /** The identities at a time: an identifier may have been another one's then. */
    public final class Then {
        private final Instant time;

        private Then(Instant time) {
            this.time = time;
        }

        /** Who was called so, if they are there now. */
        public Optional<IdentityOverview> find(String key) {
            return deletedSince(key).isPresent() ? Optional.empty() : KnownIdentities.this.find(key);
        }

        private Optional<Former> deletedSince(String key) {
            return former.getOrDefault(key, List.of()).stream()
                    .filter(who -> who.until() != null && !who.until().isBefore(time))
                    .findFirst();
        }

        /**
         * The name of who caused something.
         *
         * @param address where they came from; empty for the server itself
         */
        public String name(String username, String protocol, String address) {
            if (protocol.equals(SOCKET)) {
                return Texts.of("actor.socket");
            }
            if (username.isEmpty()) {
                return Texts.of(address.isEmpty() ? "actor.system" : "actor.untrusted");
            }
            return name(protocol, username);
        }

        /** The name of an identity; of one that is gone unnamed, or that the reader may not see, the beginning of its identifier. */
        public String name(String method, String identifier) {
            String key = key(method, identifier);
            return deletedSince(key)
                    .map(who -> Texts.of("actor.deleted", who.name()))
                    .or(() -> KnownIdentities.this.find(key).map(IdentityOverview::name))
                    .orElseGet(() -> brief(identifier));
        }
    }

    private static String brief(String identifier) {
        return identifier.length() > SHORT ? identifier.substring(0, SHORT) + '…' : identifier;
    }
}
