package dev.linkspan.group;

import dev.linkspan.access.EntityType;

/** A permission as it is stored: bound to the entity's row, not to its URL. */
record PermissionRow(EntityType type, long entityId, String entitlement) {}
