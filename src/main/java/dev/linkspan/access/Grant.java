package dev.linkspan.access;

/** A permission in the form in which it is checked: the entitlement's number in the model and the entity's row. */
record Grant(int entitlement, long entityId) {}
