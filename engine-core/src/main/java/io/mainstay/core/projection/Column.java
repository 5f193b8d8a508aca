package io.mainstay.core.projection;

/**
 * A column of a {@link Table}; made by {@link Table.Builder}.
 *
 * @param index of the column in its table, from 0
 */
public record Column<T>(
        String table, String name, int index, ColumnType<T> type, boolean nullable, Classification classification) {
    public Column {
        if (!Table.isName(name)) {
            throw new IllegalArgumentException("column '" + name + "' of table " + table + " is no name in SQL");
        }
    }

    @Override
    public String toString() {
        return table + "." + name;
    }
}
