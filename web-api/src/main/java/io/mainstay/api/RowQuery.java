package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read.Condition;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A question for rows of a table, put into SQL once. Its values are parameters; its names are those of columns. */
record RowQuery(Table table, List<Condition> conditions, boolean ordered, String sql) {
    /** For the row that meets the conditions. */
    static RowQuery of(Table table, List<Condition> conditions) {
        return new RowQuery(table, conditions, false, select(table, conditions) + " limit ?");
    }

    /** For rows that meet the conditions, the highest in order first. */
    static RowQuery ordered(Table table, List<Condition> conditions, Column<Long> order) {
        return new RowQuery(
                table,
                conditions,
                true,
                "%s and %s < ? order by %s desc limit ?"
                        .formatted(select(table, conditions), order.name(), order.name()));
    }

    /** Asks whether the table and its columns are there. */
    static String probe(Table table) {
        return "select " + names(table.columns(), ", ") + " from " + table.name() + " limit 0";
    }

    void bind(PreparedStatement statement, Call call, long before, int limit) throws SQLException {
        int index = 1;
        for (Condition condition : conditions) {
            statement.setObject(index++, condition.value().apply(call));
        }
        if (ordered) {
            statement.setLong(index++, before);
        }
        statement.setInt(index, limit);
    }

    Row row(ResultSet found) throws SQLException {
        Row row = Row.of(table);
        for (Column<?> column : table.columns()) {
            set(row, column, found);
        }
        return row;
    }

    private static <T> void set(Row row, Column<T> column, ResultSet found) throws SQLException {
        row.set(column, column.type().type().cast(value(column, found)));
    }

    private static @Nullable Object value(Column<?> column, ResultSet found) throws SQLException {
        int index = column.index() + 1;
        return column.type().equals(ColumnType.TIMESTAMP)
                ? instant(found.getObject(index, OffsetDateTime.class))
                : found.getObject(index, column.type().type());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static String select(Table table, List<Condition> conditions) {
        return "select " + names(table.columns(), ", ") + " from " + table.name() + " where "
                + names(conditions.stream().map(Condition::column).toList(), " = ? and ") + " = ?";
    }

    private static String names(List<? extends Column<?>> columns, String between) {
        return columns.stream().map(Column::name).collect(Collectors.joining(between));
    }
}
