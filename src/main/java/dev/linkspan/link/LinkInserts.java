package dev.linkspan.link;

import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.RowInsert;
import java.lang.invoke.MethodHandles;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Stores new links. */
@Component
class LinkInserts {
    private static final RowInsert<LinkRow> INSERT = new RowInsert<>(LinkRow.class, MethodHandles.lookup());

    private final JdbcOperations jdbc;
    private final TrustChanges changes;

    LinkInserts(JdbcOperations jdbc, TrustChanges changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /**
     * Stores a new link, in a transaction.
     *
     * @return the row with its id
     * @throws dev.linkspan.problem.ProblemException 409 when the name is taken
     */
    LinkRow insert(LinkRow row) {
        try {
            long id = INSERT.insert(jdbc, row);
            changes.made(Kind.LINK, id);
            return row.withId(id);
        } catch (DuplicateKeyException e) {
            throw Problem.LINK_EXISTS.with().prefixed("Error inserting " + Quoted.of(row.name()) + " into database: ");
        }
    }
}
