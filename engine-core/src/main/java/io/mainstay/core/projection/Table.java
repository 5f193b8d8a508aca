package io.mainstay.core.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table of a domain's projection. Migrations make it; this says what the writer and the readers need to know of it.
 *
 * <p>Every table has the columns {@code shard}, {@code created_at} and {@code updated_at} behind its own; the writer fills
 * them. Rows of a table may refer to rows of tables that its projection names before it.
 *
 * @param key the columns that tell a row from others, at least one
 * @param version counts a row's changes: an update is refused unless its version is one above the row's; empty for none
 */
public record Table(
        String name,
        List<Column<?>> columns,
        List<Column<?>> key,
        Optional<Column<Long>> version,
        Column<Integer> shard,
        Column<Instant> createdAt,
        Column<Instant> updatedAt) {
    /** Rows keep the columns that are set in 64 bits. */
    public static final int COLUMNS_MAX = 64;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (!isName(name)) {
            throw new IllegalArgumentException("table '" + name + "' is no name in SQL");
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no key");
        }
        if (columns.size() > COLUMNS_MAX) {
            throw new IllegalArgumentException(
                    "table " + name + " has " + columns.size() + " columns, at most " + COLUMNS_MAX + " possible");
        }
        if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
            throw new IllegalArgumentException("table " + name + " has a column twice");
        }
    }

    /** Begins a table; names are lower case with underscores, for they stand in SQL as they are. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects the columns of a table, in the order they are asked for. */
    public static final class Builder {
        private final String name;
        private final List<Column<?>> columns = new ArrayList<>();
        private final List<Column<?>> key = new ArrayList<>();
        private Optional<Column<Long>> version = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /** A column of the key. */
        public <T> Column<T> key(String column, ColumnType<T> type) {
            Column<T> made = column(column, type);
            key.add(made);
            return made;
        }

        public <T> Column<T> column(String column, ColumnType<T> type) {
            return add(column, type, false, Classification.PUBLIC);
        }

        public <T> Column<T> nullable(String column, ColumnType<T> type) {
            return add(column, type, true, Classification.PUBLIC);
        }

        /** A column that tells about a person; may be null, because it can be erased. */
        public <T> Column<T> personal(String column, ColumnType<T> type) {
            return add(column, type, true, Classification.PERSONAL);
        }

        /** The column that counts a row's changes. */
        public Column<Long> version(String column) {
            Column<Long> made = column(column, ColumnType.BIGINT);
            version = Optional.of(made);
            return made;
        }

        public Table build() {
            Column<Integer> shard = column("shard", ColumnType.INTEGER);
            Column<Instant> createdAt = column("created_at", ColumnType.TIMESTAMP);
            Column<Instant> updatedAt = column("updated_at", ColumnType.TIMESTAMP);
            return new Table(name, columns, key, version, shard, createdAt, updatedAt);
        }

        private <T> Column<T> add(String column, ColumnType<T> type, boolean nullable, Classification classification) {
            Column<T> made = new Column<>(name, column, columns.size(), type, nullable, classification);
            columns.add(made);
            return made;
        }
    }
}
