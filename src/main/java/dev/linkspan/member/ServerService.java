package dev.linkspan.member;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.event.Events;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** This server as callers see it, and its configuration. */
@Service
public class ServerService {
    private static final int LONGEST_CONTEXT = 1_000;

    private final JdbcClient jdbc;
    private final StoredConfiguration configuration;
    private final OidcConfiguration oidc;
    private final ConfigurationHistory history;
    private final Events events;
    private final TrustChanges changes;
    private final Transactions transactions;
    private final Access access;
    private final ClusterStart start;
    private final Clustering clustering;
    private final Listening listening;
    private final ClusterCertificate certificate;
    private final Clock clock;

    ServerService(
            JdbcClient jdbc,
            StoredConfiguration configuration,
            OidcConfiguration oidc,
            ConfigurationHistory history,
            Events events,
            TrustChanges changes,
            Transactions transactions,
            Access access,
            ClusterStart start,
            Clustering clustering,
            Listening listening,
            ClusterCertificate certificate,
            Clock clock) {
        this.jdbc = jdbc;
        this.configuration = configuration;
        this.oidc = oidc;
        this.history = history;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
        this.access = access;
        this.start = start;
        this.clustering = clustering;
        this.listening = listening;
        this.certificate = certificate;
        this.clock = clock;
    }

    /**
     * What every authenticated caller may know of this server.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public ServerInfo info(Caller caller) {
        access.requireTrusted(caller);
        Clustering.State state = clustering.current();
        return new ServerInfo(
                state.name(), listening.reachable(), certificate.pem(), certificate.fingerprint(), state.enabled());
    }

    /** This member's name. */
    @OpenByProtocol("who signs in should know where; the certificate names the host, too")
    public String name() {
        return clustering.current().name();
    }

    /**
     * The certificate in force, of which every caller gets the text.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public CertificateSummary certificate(Caller caller) {
        access.requireTrusted(caller);
        X509Certificate shown = Certificates.parse(certificate.pem());
        return new CertificateSummary(
                Certificates.fingerprint(shown),
                shown.getSubjectX500Principal().getName(),
                Certificates.names(shown),
                Certificates.key(shown),
                shown.getNotBefore().toInstant(),
                shown.getNotAfter().toInstant(),
                certificate.pem());
    }

    /** The configuration that the caller may see: all of it with {@code can_edit} on the server, else its public part. */
    @OpenByProtocol("GET /1.0 is public; untrusted callers get the public keys only")
    public Map<String, String> configuration(Caller caller) {
        Map<String, String> all = complete(configuration.current(), clustering.current());
        if (access.allowed(caller, "can_edit")) {
            return all;
        }
        boolean signInAtProvider = oidc.current().isPresent();
        all.keySet()
                .removeIf(key -> !key.equals(Configuration.PUBLIC_USER_KEY)
                        && !(signInAtProvider && OidcConfiguration.PUBLIC_KEYS.contains(key)));
        return all;
    }

    private Map<String, String> complete(Map<String, String> stored, Clustering.State state) {
        Map<String, String> config = new TreeMap<>(stored);
        config.remove(OidcConfiguration.CLIENT_SECRET);
        if (!listening.address().isEmpty()) {
            config.put(Configuration.HTTPS_ADDRESS, listening.address());
        }
        if (!state.address().isEmpty()) {
            config.put(Configuration.CLUSTER_ADDRESS, state.address());
        }
        config.put(Configuration.UUID, start.uuid());
        return config;
    }

    /**
     * Replaces the configuration ({@code replace}) or changes the given keys; an empty value removes a key.
     * {@code oidc.client.secret} stays when it isn't given. A new {@code core.https_address} is in force when this returns.
     *
     * @param guard gets the configuration as it is, under the lock that the change is made in, and refuses by throwing
     * @throws ProblemException 400 for an unknown key or a bad value, 403 without {@code can_edit} on the server
     */
    public void configure(
            Caller caller, Map<String, String> given, boolean replace, Function<Map<String, String>, Void> guard) {
        access.require(caller, "can_edit");
        Map<String, String> checked = Configuration.checked(given);
        String before = listening.address();
        try {
            transactions.run(() -> {
                jdbc.sql("SELECT id FROM cluster FOR UPDATE")
                        .query(Integer.class)
                        .single();
                Clustering.State state = clustering.read();
                Map<String, String> stored = configuration.read();
                Map<String, String> current = complete(stored, state);
                guard.apply(current);
                Map<String, String> next = replace ? new TreeMap<>() : new TreeMap<>(current);
                next.putAll(checked);
                next.put(OidcConfiguration.CLIENT_SECRET, sealedSecret(stored, checked));
                next.putIfAbsent(Configuration.UUID, start.uuid());
                if (!next.get(Configuration.UUID).equals(start.uuid())) {
                    throw Problem.CONFIG_VALUE_INVALID.with(Configuration.UUID, "it cannot be changed");
                }
                if (state.enabled()) {
                    next.merge(Configuration.CLUSTER_ADDRESS, state.address(), ServerService::givenOrKept);
                }
                store(next);
                tell(caller, changed(stored, current, next, checked));
            });
        } catch (RuntimeException e) {
            listening.move(before);
            throw e;
        }
    }

    /** The keys that are another than before; of the secret only whether it was given can be said. */
    private static List<String> changed(
            Map<String, String> stored,
            Map<String, String> current,
            Map<String, String> next,
            Map<String, String> given) {
        Set<String> keys = new TreeSet<>(current.keySet());
        keys.addAll(next.keySet());
        keys.remove(OidcConfiguration.CLIENT_SECRET);
        keys.removeIf(key -> current.getOrDefault(key, "").equals(next.getOrDefault(key, "")));
        String secret = given.getOrDefault(OidcConfiguration.CLIENT_SECRET, "");
        boolean removed = given.containsKey(OidcConfiguration.CLIENT_SECRET)
                && stored.containsKey(OidcConfiguration.CLIENT_SECRET);
        if (!secret.isEmpty() || removed) {
            keys.add(OidcConfiguration.CLIENT_SECRET);
        }
        return List.copyOf(keys);
    }

    private void tell(Caller caller, List<String> keys) {
        if (!keys.isEmpty()) {
            history.record(caller, keys, start.memberId());
            String named = String.join(", ", keys);
            Map<String, String> context = Map.of("keys", named.substring(0, Math.min(LONGEST_CONTEXT, named.length())));
            events.publish(caller, "config-updated", EntityUrl.of(EntityType.SERVER), null, context);
        }
    }

    /** The other members call a clustered one under this address, so it can be changed but not be removed. */
    private static String givenOrKept(String given, String kept) {
        return given.isEmpty() ? kept : given;
    }

    /** The client's secret is never shown, so whoever sends the configuration back can't send it: it stays. */
    private String sealedSecret(Map<String, String> stored, Map<String, String> given) {
        String secret = given.get(OidcConfiguration.CLIENT_SECRET);
        if (secret == null) {
            return stored.getOrDefault(OidcConfiguration.CLIENT_SECRET, "");
        }
        return secret.isEmpty() ? "" : oidc.sealed(secret);
    }

    private void store(Map<String, String> next) {
        String address = next.getOrDefault(Configuration.HTTPS_ADDRESS, "");
        Map<String, String> kept = new TreeMap<>(next);
        kept.keySet()
                .removeAll(List.of(Configuration.HTTPS_ADDRESS, Configuration.CLUSTER_ADDRESS, Configuration.UUID));
        kept.values().removeIf(String::isEmpty);
        configuration.replace(kept);
        changes.changed(TrustChanges.Kind.CONFIGURATION, 0);
        jdbc.sql("UPDATE member SET cluster_address = :address WHERE id = :id")
                .param("address", next.getOrDefault(Configuration.CLUSTER_ADDRESS, ""))
                .param("id", start.memberId())
                .update();
        if (!Objects.equals(address, listening.address())) {
            jdbc.sql("UPDATE member SET https_address = :address WHERE id = :id")
                    .param("address", address)
                    .param("id", start.memberId())
                    .update();
            listening.move(address);
        }
    }

    /** When a trust token that is made now expires; null when tokens never do. For the rooms that issue tokens. */
    @OpenByProtocol("says nothing that a caller could not see in a token; used by services that have checked")
    public Instant tokenExpiry() {
        String expression =
                configuration.current().getOrDefault(Configuration.TOKEN_EXPIRY, Configuration.DEFAULT_TOKEN_EXPIRY);
        return TokenExpiry.parse(expression).from(clock.instant());
    }
}
