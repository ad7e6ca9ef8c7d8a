package dev.linkspan.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The 26 kinds of things that have a URL in the API (auth.md 7.1). */
public enum EntityType {
    SERVER("/1.0", false),
    PROJECT("/1.0/projects/{name}", false),
    IDENTITY("/1.0/auth/identities/{method}/{identifier}", false),
    GROUP("/1.0/auth/groups/{name}", false),
    IDENTITY_PROVIDER_GROUP("/1.0/auth/identity-provider-groups/{name}", false),
    CERTIFICATE("/1.0/certificates/{fingerprint}", false),
    CLUSTER_LINK("/1.0/cluster/links/{name}", false),
    STORAGE_POOL("/1.0/storage-pools/{name}", false),
    INSTANCE("/1.0/instances/{name}", true),
    IMAGE("/1.0/images/{fingerprint}", true),
    IMAGE_ALIAS("/1.0/images/aliases/{name}", true),
    NETWORK("/1.0/networks/{name}", true),
    NETWORK_ACL("/1.0/network-acls/{name}", true),
    NETWORK_ZONE("/1.0/network-zones/{name}", true),
    PROFILE("/1.0/profiles/{name}", true),
    STORAGE_VOLUME("/1.0/storage-pools/{pool}/volumes/{type}/{name}", true),
    STORAGE_BUCKET("/1.0/storage-pools/{pool}/buckets/{name}", true),
    PLACEMENT_GROUP("/1.0/placement-groups/{name}", true),
    REPLICATOR("/1.0/replicators/{name}", true),
    INSTANCE_SNAPSHOT("/1.0/instances/{instance}/snapshots/{name}", true),
    INSTANCE_BACKUP("/1.0/instances/{instance}/backups/{name}", true),
    STORAGE_VOLUME_SNAPSHOT("/1.0/storage-pools/{pool}/volumes/{type}/{volume}/snapshots/{name}", true),
    STORAGE_VOLUME_BACKUP("/1.0/storage-pools/{pool}/volumes/{type}/{volume}/backups/{name}", true),
    CONTAINER("/1.0/containers/{name}", true),
    CLUSTER_MEMBER("/1.0/cluster/members/{name}", false),
    CLUSTER_GROUP("/1.0/cluster/groups/{name}", false);

    private static final Map<String, EntityType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EntityType::wireName, Function.identity()));

    private final String wireName;
    private final List<String> pattern;
    private final boolean projectScoped;

    EntityType(String pattern, boolean projectScoped) {
        this.wireName = name().toLowerCase(java.util.Locale.ROOT);
        this.pattern = List.of(pattern.substring(1).split("/"));
        this.projectScoped = projectScoped;
    }

    /** The name in the API, for example {@code cluster_link}. */
    public String wireName() {
        return wireName;
    }

    /** Whether entities of this type live in a project. */
    public boolean projectScoped() {
        return projectScoped;
    }

    /** The segments of the URL's path; those in braces stand for arguments. */
    List<String> pattern() {
        return pattern;
    }

    public static Optional<EntityType> ofWireName(String name) {
        return Optional.ofNullable(BY_WIRE_NAME.get(name));
    }
}
