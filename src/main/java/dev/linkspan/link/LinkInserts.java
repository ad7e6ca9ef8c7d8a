package dev.linkspan.link;

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

    LinkInserts(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a new link.
     *
     * @return its id
     * @throws dev.linkspan.problem.ProblemException 409 when the name is taken
     */
    long insert(LinkRow row) {
        try {
            return INSERT.insert(jdbc, row);
        } catch (DuplicateKeyException e) {
            throw Problem.LINK_EXISTS.with().prefixed("Error inserting " + Quoted.of(row.name()) + " into database: ");
        }
    }
}
