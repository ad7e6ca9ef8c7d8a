package dev.linkspan.store;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.util.ParsingUtils;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/**
 * Inserts rows of one table, whose columns are the components of a record, where a repository's {@code save} takes too
 * long: it costs half of what the creation of a link costs in all.
 *
 * @param <R> a record with {@link Table} and a component with {@link Id}, which the database numbers
 */
public final class RowInsert<R extends Record> {
    private final String sql;
    private final List<MethodHandle> values;

    /** @param lookup of the room that the record belongs to */
    public RowInsert(Class<R> type, MethodHandles.Lookup lookup) {
        List<RecordComponent> columns = Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(Id.class)
                        && !component.getAccessor().isAnnotationPresent(Id.class))
                .toList();
        this.sql = "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                        type.getAnnotation(Table.class).value(),
                        columns.stream()
                                .map(column -> ParsingUtils.reconcatenateCamelCase(column.getName(), "_"))
                                .collect(Collectors.joining(", ")),
                        String.join(", ", Collections.nCopies(columns.size(), "?")));
        this.values = columns.stream().map(column -> accessor(column, lookup)).toList();
    }

    private static MethodHandle accessor(RecordComponent column, MethodHandles.Lookup lookup) {
        try {
            return lookup.unreflect(column.getAccessor())
                    .asType(java.lang.invoke.MethodType.methodType(Object.class, Record.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Inserts a row.
     *
     * @return the number that the database gave it
     * @throws org.springframework.dao.DuplicateKeyException when a unique key exists already
     */
    public long insert(JdbcOperations jdbc, R row) {
        PreparedStatementCreator statement = connection -> {
            PreparedStatement prepared = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
            for (int i = 0; i < values.size(); i++) {
                prepared.setObject(i + 1, value(values.get(i), row));
            }
            return prepared;
        };
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.update(statement, key);
        return key.getKeyAs(Number.class).longValue();
    }

    private static Object value(MethodHandle accessor, Record row) {
        Object value;
        try {
            value = (Object) accessor.invokeExact(row);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        return switch (value) {
            case Instant instant -> Timestamp.from(instant);
            case Enum<?> constant -> constant.name();
            case null, default -> value;
        };
    }
}
