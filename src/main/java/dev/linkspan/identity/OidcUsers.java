package dev.linkspan.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.identity.ProviderUser.Unusable;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The identities of the provider's users (auth.md 2.6): made at the first sign-in, brought up to date at later ones. A
 * user is known by issuer and subject; an e-mail address alone leads to nobody's identity.
 */
@Component
class OidcUsers {
    private static final String SELECT = """
            SELECT i.id, i.identifier, i.name, u.issuer, u.provider_groups
            FROM identity i JOIN oidc_user u ON u.identity_id = i.id
            """;

    private record Row(long id, String email, String name, String issuer, Set<String> groups) {
        boolean says(ProviderUser user) {
            return email.equals(user.email())
                    && name.equals(user.name())
                    && issuer.equals(user.issuer())
                    && groups.equals(user.groups());
        }
    }

    private final Identities identities;
    private final IdentityRepository repository;
    private final JdbcClient jdbc;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;

    OidcUsers(
            Identities identities,
            IdentityRepository repository,
            JdbcClient jdbc,
            TrustChanges changes,
            Events events,
            Transactions transactions) {
        this.identities = identities;
        this.repository = repository;
        this.jdbc = jdbc;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * The row of a user's identity, which says by then what the provider says.
     *
     * @throws Unusable when the e-mail address is that of somebody else here
     */
    long row(ProviderUser user) throws Unusable {
        try {
            return upsert(user);
        } catch (ProblemException e) {
            if (e.is(Problem.IDENTITY_EXISTS)) {
                // Somebody signed in for the first time twice at once.
                return upsert(user);
            }
            throw e;
        }
    }

    private long upsert(ProviderUser user) throws Unusable {
        Optional<Long> row = transactions.call(() -> {
            Optional<Row> known = find(" WHERE u.subject_key = :key", key(user));
            Optional<Row> namesake = find(" WHERE i.method = 'oidc' AND i.identifier = :key", user.email());
            boolean taken = namesake.isPresent()
                    && (known.isPresent()
                            ? known.get().id() != namesake.get().id()
                            : namesake.get().issuer().equals(user.issuer()));
            if (taken) {
                return Optional.empty();
            }
            Row found = known.or(() -> namesake).orElse(null);
            if (found == null) {
                return Optional.of(add(user));
            }
            if (!found.says(user) || known.isEmpty()) {
                update(found, user);
            }
            return Optional.of(found.id());
        });
        return row.orElseThrow(() -> new Unusable(
                "oidc-taken",
                "the e-mail address " + user.email() + " belongs to another user of the identity provider here; an"
                        + " administrator must delete that identity first"));
    }

    private static byte[] key(ProviderUser user) {
        return Certificates.sha256((user.issuer() + "\n" + user.subject()).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Row> find(String which, Object key) {
        return jdbc.sql(SELECT + which + " FOR UPDATE")
                .param("key", key)
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getString("identifier"),
                        row.getString("name"),
                        row.getString("issuer"),
                        new LinkedHashSet<>(Arrays.asList(
                                JsonMapper.shared().readValue(row.getString("provider_groups"), String[].class)))))
                .optional();
    }

    private long add(ProviderUser user) {
        long id = identities.addOidc(user.email(), user.name());
        store(id, user);
        events.publish(Caller.system(), "identity-created", Identity.url(Identities.OIDC, user.email()));
        return id;
    }

    private void update(Row found, ProviderUser user) {
        repository.describe(found.id(), user.email(), user.name());
        store(found.id(), user);
        events.publish(Caller.system(), "identity-updated", Identity.url(Identities.OIDC, found.email()));
    }

    private void store(long id, ProviderUser user) {
        jdbc.sql("""
                INSERT INTO oidc_user (identity_id, issuer, subject, subject_key, provider_groups)
                VALUES (:id, :issuer, :subject, :key, :groups)
                ON DUPLICATE KEY UPDATE issuer = VALUES(issuer), subject = VALUES(subject),
                  subject_key = VALUES(subject_key), provider_groups = VALUES(provider_groups)
                """)
                .param("id", id)
                .param("issuer", user.issuer())
                .param("subject", user.subject())
                .param("key", key(user))
                .param("groups", JsonMapper.shared().writeValueAsString(user.groups()))
                .update();
        changes.changed(Kind.IDENTITY, id);
    }
}
