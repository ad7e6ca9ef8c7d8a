package dev.linkspan.access;

/** Is told, on every member, that entities were changed by a transaction that is now in force. */
public interface TrustListener {
    /** The entity with this row was changed or deleted. Must be quick: it is called before requests go on. */
    void changed(TrustChanges.Kind kind, long id);

    /** An entity that has no rights yet was made by this member, which is told as {@link #changed} a moment later. */
    default void made(TrustChanges.Kind kind, long id) {}

    /** Anything may have changed. */
    void allChanged();
}
