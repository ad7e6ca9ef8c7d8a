package dev.linkspan.ui.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.identity.IdentityService.Former;
import dev.linkspan.ui.shared.Texts;
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
    private static final Former UNKNOWN = new Former(null, "");

    private final Map<String, IdentityOverview> byKey;
    private final Map<String, Former> former = new HashMap<>();

    public KnownIdentities(Collection<IdentityOverview> identities) {
        byKey = identities.stream()
                .collect(Collectors.toMap(
                        identity -> key(identity.method(), identity.identifier()), Function.identity(), (a, b) -> a));
    }

    /** What pages call an identity by in their addresses. */
    public static String key(String method, String identifier) {
        return method + '/' + identifier;
    }

    public Optional<IdentityOverview> find(String key) {
        Former was = former.get(key);
        return Optional.ofNullable(byKey.get(was == null || was.now() == null ? key : key(was.now())));
    }

    /** Finds out who those of these were that nobody is called by any more. */
    public void learn(IdentityService identities, Caller caller, Collection<EntityUrl> urls) {
        List<EntityUrl> unknown = urls.stream()
                .distinct()
                .filter(url -> !byKey.containsKey(key(url)) && !former.containsKey(key(url)))
                .toList();
        unknown.forEach(url -> former.put(key(url), UNKNOWN));
        identities.former(caller, unknown).forEach((url, who) -> former.put(key(url), who));
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
        return find(key(method, identifier)).map(IdentityOverview::name).orElseGet(() -> {
            Former was = former.getOrDefault(key(method, identifier), UNKNOWN);
            if (was.name().isEmpty()) {
                return brief(identifier);
            }
            return was.now() == null ? Texts.of("actor.deleted", was.name()) : was.name();
        });
    }

    private static String brief(String identifier) {
        return identifier.length() > SHORT ? identifier.substring(0, SHORT) + '…' : identifier;
    }
}
