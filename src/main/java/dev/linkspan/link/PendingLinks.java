package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.identity.Identities;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.identity.TokenIssuer;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** We issue: a pending link with its identity, and its trust token (cluster-links.md 1.11). */
@Component
class PendingLinks {
    private final LinkRepository repository;
    private final LinkInserts inserts;
    private final Identities identities;
    private final TokenIssuer tokens;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    PendingLinks(
            LinkRepository repository,
            LinkInserts inserts,
            Identities identities,
            TokenIssuer tokens,
            TrustChanges changes,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.inserts = inserts;
        this.identities = identities;
        this.tokens = tokens;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    IssuedToken create(Caller caller, CreatePendingLink command) {
        return create(command, token -> store(caller, command, token));
    }

    /** Only the identity: description and configuration are checked and dropped. */
    IssuedToken createUnidirectional(Caller caller, CreatePendingLink command) {
        return create(command, token -> identity(caller, command, token));
    }

    private IssuedToken create(CreatePendingLink command, Function<TrustToken, Identities.Created> store) {
        TrustToken token = issue(command.name());
        try {
            LinkConfig.check(command.config());
            Identities.Created identity = transactions.call(() -> store.apply(token));
            return new IssuedToken(token, EntityUrl.of(EntityType.IDENTITY, Identities.TLS, identity.identifier()));
        } catch (ProblemException e) {
            throw e.prefixed(500, "Failed creating pending TLS identity: ");
        }
    }

    private TrustToken issue(String name) {
        try {
            return tokens.issue(name, IdentityType.CLUSTER_LINK);
        } catch (ProblemException e) {
            throw e.prefixed(500, "Failed generating trust token: ");
        }
    }

    private Identities.Created store(Caller caller, CreatePendingLink command, TrustToken token) {
        LinkHistory.record(
                events,
                caller,
                "cluster-link-created",
                command.name(),
                Map.of(LinkHistory.TOKEN_UNTIL, token.expiresAt().toString()));
        Identities.Created identity = identity(caller, command, token);
        inserts.insert(new LinkRow(
                null,
                command.name(),
                LinkService.key(command.name()),
                command.description(),
                LinkType.BIDIRECTIONAL.name(),
                LinkPhase.PENDING.name(),
                LinkRows.config(LinkConfig.userKeys(command.config())),
                "",
                identity.id(),
                null,
                token.expiresAt(),
                null,
                0,
                null,
                clock.instant(),
                null,
                null,
                null));
        return identity;
    }

    private Identities.Created identity(Caller caller, CreatePendingLink command, TrustToken token) {
        return identities.addPending(
                caller,
                IdentityType.CLUSTER_LINK_PENDING,
                command.name(),
                command.groups(),
                token.secret(),
                token.expiresAt());
    }

    /** The token of a pending link dies; the link stays. */
    void revoke(Caller caller, ClusterLink link) {
        transactions.run(() -> {
            boolean revoked = link.phase() == LinkPhase.PENDING
                    && link.identityId() != 0
                    && identities.revokeSecret(caller, link.identityId());
            if (!revoked) {
                throw Problem.LINK_NO_TOKEN_OUT.with(link.name());
            }
            repository.revoked(link.id());
            changes.changed(Kind.LINK, link.id());
        });
    }

    /** Another token for a pending link; the old one dies. */
    IssuedToken reissue(Caller caller, ClusterLink link) {
        if (link.phase() != LinkPhase.PENDING || link.type() != LinkType.BIDIRECTIONAL) {
            throw Problem.LINK_NOT_PENDING.with(link.name());
        }
        TrustToken token = issue(link.name());
        String identifier = transactions.call(() -> {
            boolean replaced = identities.replaceSecret(caller, link.identityId(), token.secret(), token.expiresAt());
            if (!replaced || repository.reissued(link.id(), token.expiresAt()) == 0) {
                throw Problem.LINK_NOT_PENDING.with(link.name());
            }
            changes.changed(Kind.LINK, link.id());
            return identities.identifier(link.identityId());
        });
        return new IssuedToken(token, EntityUrl.of(EntityType.IDENTITY, Identities.TLS, identifier));
    }
}
