package io.mainstay.core.projection;

import java.time.Instant;

/**
 * What a column holds.
 *
 * @param sql the name of the type in PostgreSQL
 * @param type of its values in Java
 */
public record ColumnType<T>(String sql, Class<T> type) {
    public static final ColumnType<java.util.UUID> UUID = new ColumnType<>("uuid", java.util.UUID.class);
    public static final ColumnType<String> TEXT = new ColumnType<>("text", String.class);
    public static final ColumnType<Long> BIGINT = new ColumnType<>("bigint", Long.class);
    public static final ColumnType<Integer> INTEGER = new ColumnType<>("integer", Integer.class);
    public static final ColumnType<Boolean> BOOLEAN = new ColumnType<>("boolean", Boolean.class);
    /** Exact to the microsecond. */
    public static final ColumnType<Instant> TIMESTAMP = new ColumnType<>("timestamptz", Instant.class);
}
