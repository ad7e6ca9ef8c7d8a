package dev.linkspan.access;

import java.util.Collection;
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

    /** An identity provider's group with the auth groups that it stands for. */
    record ProviderGroup(String name, Set<Long> groupIds) {}

    /** What an identity's rights come from: all its groups, mapped ones included, and what they grant. */
    record Subject(Set<Long> groupIds, Set<Grant> grants) {}

    static final TrustSnapshot EMPTY = new TrustSnapshot(
            -1,
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty());

    private final long version;
    private final PMap<Long, TrustedIdentity> identities;
    private final PMap<String, TrustedIdentity> byFingerprint;
    private final PMap<String, TrustedIdentity> byIdentifier;
    private final PMap<Long, Group> groups;
    private final PMap<Long, ProviderGroup> providerGroups;
    private final PMap<String, ProviderGroup> providerGroupsByName;
    private final Map<Long, Subject> subjects = new ConcurrentHashMap<>();

    private TrustSnapshot(
            long version,
            PMap<Long, TrustedIdentity> identities,
            PMap<String, TrustedIdentity> byFingerprint,
            PMap<String, TrustedIdentity> byIdentifier,
            PMap<Long, Group> groups,
            PMap<Long, ProviderGroup> providerGroups,
            PMap<String, ProviderGroup> providerGroupsByName) {
        this.version = version;
        this.identities = identities;
        this.byFingerprint = byFingerprint;
        this.byIdentifier = byIdentifier;
        this.groups = groups;
        this.providerGroups = providerGroups;
        this.providerGroupsByName = providerGroupsByName;
    }

    long version() {
        return version;
    }

    Optional<TrustedIdentity> byFingerprint(String fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** The identity without a certificate that has this identifier. */
    public Optional<TrustedIdentity> byIdentifier(String method, String identifier) {
        return Optional.ofNullable(byIdentifier.get(key(method, identifier)));
    }

    private static String key(String method, String identifier) {
        return method + "/" + identifier;
    }

    Optional<TrustedIdentity> byId(long id) {
        return Optional.ofNullable(identities.get(id));
    }

    /** What an identity's groups, and those mapped from its provider's groups, grant; computed once per snapshot. */
    Subject subject(TrustedIdentity identity) {
        return subjects.computeIfAbsent(identity.id(), id -> {
            Set<Long> all = groupsOf(identity);
            Set<Grant> grants = new HashSet<>();
            all.forEach(group -> grants.addAll(groupGrants(group)));
            return new Subject(Set.copyOf(all), Set.copyOf(grants));
        });
    }

    private Set<Long> groupsOf(TrustedIdentity identity) {
        Set<Long> all = new HashSet<>(identity.groupIds());
        all.addAll(mappedGroups(identity));
        return all;
    }

    /** Rows of the auth groups that an identity is in because its provider says so. */
    Set<Long> mappedGroups(TrustedIdentity identity) {
        Set<Long> all = new HashSet<>();
        identity.providerGroups().forEach(name -> all.addAll(mappedGroups(name)));
        return all;
    }

    /** Rows of the auth groups that a group of the identity provider's stands for. */
    Set<Long> mappedGroups(String providerGroup) {
        ProviderGroup mapped = providerGroupsByName.get(providerGroup);
        return mapped == null ? Set.of() : mapped.groupIds();
    }

    private Set<Grant> groupGrants(long group) {
        Group found = groups.get(group);
        return found == null ? Set.of() : found.grants();
    }

    Collection<TrustedIdentity> identities() {
        return identities.values();
    }

    Map<Long, Group> groups() {
        return groups;
    }

    TrustSnapshot at(long newVersion) {
        return new TrustSnapshot(
                newVersion, identities, byFingerprint, byIdentifier, groups, providerGroups, providerGroupsByName);
    }

    TrustSnapshot with(TrustedIdentity identity) {
        TrustSnapshot without = withoutIdentity(identity.id());
        boolean certified = identity.fingerprint() != null;
        String key = key(identity.method(), identity.identifier());
        return new TrustSnapshot(
                version,
                without.identities.plus(identity.id(), identity),
                certified ? without.byFingerprint.plus(identity.fingerprint(), identity) : without.byFingerprint,
                certified ? without.byIdentifier : without.byIdentifier.plus(key, identity),
                groups,
                providerGroups,
                providerGroupsByName);
    }

    TrustSnapshot withoutIdentity(long id) {
        TrustedIdentity old = identities.get(id);
        if (old == null) {
            return this;
        }
        boolean certified = old.fingerprint() != null;
        return new TrustSnapshot(
                version,
                identities.minus(id),
                certified ? without(byFingerprint, old.fingerprint(), old) : byFingerprint,
                certified ? byIdentifier : without(byIdentifier, key(old.method(), old.identifier()), old),
                groups,
                providerGroups,
                providerGroupsByName);
    }

    /** Without the key, if it still leads to {@code old} and not to what has taken its place. */
    private static <T> PMap<String, T> without(PMap<String, T> map, String key, T old) {
        return map.get(key) == old ? map.minus(key) : map;
    }

    TrustSnapshot withGroup(long id, Group group) {
        return with(groups.plus(id, group));
    }

    TrustSnapshot withoutGroup(long id) {
        return with(groups.minus(id));
    }

    private TrustSnapshot with(PMap<Long, Group> newGroups) {
        return new TrustSnapshot(
                version, identities, byFingerprint, byIdentifier, newGroups, providerGroups, providerGroupsByName);
    }

    TrustSnapshot withProviderGroup(long id, ProviderGroup group) {
        TrustSnapshot without = withoutProviderGroup(id);
        return without.withProviderGroups(
                without.providerGroups.plus(id, group), without.providerGroupsByName.plus(group.name(), group));
    }

    TrustSnapshot withoutProviderGroup(long id) {
        ProviderGroup old = providerGroups.get(id);
        return old == null
                ? this
                : withProviderGroups(providerGroups.minus(id), without(providerGroupsByName, old.name(), old));
    }

    private TrustSnapshot withProviderGroups(PMap<Long, ProviderGroup> byId, PMap<String, ProviderGroup> byName) {
        return new TrustSnapshot(version, identities, byFingerprint, byIdentifier, groups, byId, byName);
    }
}
