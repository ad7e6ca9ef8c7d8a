package dev.linkspan.access;

/**
 * One entity by its row, with the rows of the project and the parent that its entitlements may follow from.
 *
 * @param id the entity's row; 0 for the server
 * @param projectId the row of the project that it lives in; 0 for none
 * @param parentId the row of the instance or storage volume that it belongs to; 0 for none
 */
public record EntityReference(EntityType type, long id, long projectId, long parentId) {
    private static final EntityReference SERVER = new EntityReference(EntityType.SERVER, 0, 0, 0);

    public static EntityReference server() {
        return SERVER;
    }

    public static EntityReference of(EntityType type, long id) {
        return new EntityReference(type, id, 0, 0);
    }
}
