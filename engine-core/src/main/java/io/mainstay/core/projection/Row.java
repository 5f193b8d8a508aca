package io.mainstay.core.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of a table's columns, not necessarily of all. */
public final class Row {
    private final Table table;
    private final @Nullable Object[] values;
    private long columns;

    private Row(Table table) {
        this.table = table;
        this.values = new Object[table.columns().size()];
    }

    /** A row without any value yet. */
    public static Row of(Table table) {
        return new Row(table);
    }

    public Table table() {
        return table;
    }

    /** Sets a value; null only where the column takes it. */
    public <T> Row set(Column<T> column, @Nullable T value) {
        check(column);
        if (value == null && !column.nullable()) {
            throw new IllegalArgumentException("no value for " + column);
        }
        values[column.index()] = value;
        columns |= bit(column);
        return this;
    }

    /** A value that is there. */
    public <T> T get(Column<T> column) {
        T value = find(column);
        if (value == null) {
            throw new IllegalStateException("no value in " + column);
        }
        return value;
    }

    /** A value, or null. */
    public <T> @Nullable T find(Column<T> column) {
        check(column);
        return column.type().type().cast(values[column.index()]);
    }

    public boolean has(Column<?> column) {
        check(column);
        return (columns & bit(column)) != 0;
    }

    /** The values of the key, in the order of its columns; all of them have to be set. */
    public List<Object> key() {
        return table.key().stream().<Object>map(this::get).toList();
    }

    private void check(Column<?> column) {
        if (!column.table().equals(table.name())) {
            throw new IllegalArgumentException(column + " is no column of " + table);
        }
    }

    private static long bit(Column<?> column) {
        return 1L << column.index();
    }
}
