package dev.linkspan.access;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Identities, groups and permissions as they were at one version. Immutable: a change makes a new one that shares what
 * didn't change.
 */
public final class TrustSnapshot {
    /** A group's permissions in the form in which they are checked. */
    record Group(String name, Set<Grant> grants) {}

    static final TrustSnapshot EMPTY =
            new TrustSnapshot(-1, HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    private final long version;
    private final PMap<Long, TrustedIdentity> identities;
    private final PMap<String, TrustedIdentity> byFingerprint;
    private final PMap<Long, Group> groups;
    private final Map<Long, Set<Grant>> grants = new ConcurrentHashMap<>();

    private TrustSnapshot(
            long version,
            PMap<Long, TrustedIdentity> identities,
            PMap<String, TrustedIdentity> byFingerprint,
            PMap<Long, Group> groups) {
        this.version = version;
        this.identities = identities;
        this.byFingerprint = byFingerprint;
        this.groups = groups;
    }

    long version() {
        return version;
    }

    Optional<TrustedIdentity> byFingerprint(String fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    Optional<TrustedIdentity> byId(long id) {
        return Optional.ofNullable(identities.get(id));
    }

    /** Everything that an identity's groups grant; computed once per identity and snapshot. */
    Set<Grant> grantsOf(TrustedIdentity identity) {
        return grants.computeIfAbsent(identity.id(), id -> {
            Set<Grant> all = new HashSet<>();
            identity.groupIds().forEach(group -> all.addAll(groupGrants(group)));
            return Set.copyOf(all);
        });
    }

    private Set<Grant> groupGrants(long group) {
        Group found = groups.get(group);
        return found == null ? Set.of() : found.grants();
    }

    /** Whether some active identity other than {@code excludedType} has this grant. */
    boolean anyoneHolds(Grant grant, String excludedType) {
        Set<Long> holders = new HashSet<>();
        groups.forEach((id, group) -> {
            if (group.grants().contains(grant)) {
                holders.add(id);
            }
        });
        return identities.values().stream()
                .filter(identity -> !identity.type().equals(excludedType))
                .anyMatch(identity -> identity.groupIds().stream().anyMatch(holders::contains));
    }

    TrustSnapshot at(long newVersion) {
        return new TrustSnapshot(newVersion, identities, byFingerprint, groups);
    }

    TrustSnapshot with(TrustedIdentity identity) {
        TrustSnapshot without = withoutIdentity(identity.id());
        return new TrustSnapshot(
                version,
                without.identities.plus(identity.id(), identity),
                identity.fingerprint() == null
                        ? without.byFingerprint
                        : without.byFingerprint.plus(identity.fingerprint(), identity),
                groups);
    }

    TrustSnapshot withoutIdentity(long id) {
        TrustedIdentity old = identities.get(id);
        if (old == null) {
            return this;
        }
        boolean stillItsOwn = old.fingerprint() != null && byFingerprint.get(old.fingerprint()) == old;
        return new TrustSnapshot(
                version,
                identities.minus(id),
                stillItsOwn ? byFingerprint.minus(old.fingerprint()) : byFingerprint,
                groups);
    }

    TrustSnapshot withGroup(long id, Group group) {
        return new TrustSnapshot(version, identities, byFingerprint, groups.plus(id, group));
    }

    TrustSnapshot withoutGroup(long id) {
        return new TrustSnapshot(version, identities, byFingerprint, groups.minus(id));
    }
}
