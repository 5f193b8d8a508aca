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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question for rows of a table, put into SQL once. Its values are parameters; its names are those of columns.
 *
 * @param alternatives rows meet all conditions of one of these
 */
record RowQuery(Table table, List<List<Condition>> alternatives, String sql) {
    /** For the row that meets the conditions; of the number of rows. */
    static RowQuery of(Table table, List<Condition> conditions) {
        return new RowQuery(table, List.of(conditions), select(table, conditions) + " limit ?");
    }

    /** For rows that meet the conditions, the highest in order first; of the order that they are below, and their number. */
    static RowQuery ordered(Table table, List<Condition> conditions, Column<Long> order) {
        return new RowQuery(
                table,
                List.of(conditions),
                "%s and %s < ? order by %s desc limit ?"
                        .formatted(select(table, conditions), order.name(), order.name()));
    }

    /**
     * For rows that meet all conditions of one alternative, the latest first; of the earliest time, of the time and the key
     * that they are before, and of their number.
     */
    static RowQuery timeline(Table table, List<List<Condition>> alternatives) {
        String order = "%s desc, %s desc"
                .formatted(table.createdAt().name(), table.key().get(0).name());
        String place = " and %s >= ? and (%s, %s) < (?, ?) order by %s limit ?"
                .formatted(
                        table.createdAt().name(),
                        table.createdAt().name(),
                        table.key().get(0).name(),
                        order);
        if (alternatives.size() == 1) {
            return new RowQuery(table, alternatives, select(table, alternatives.get(0)) + place);
        }
        // One walk of an index for each alternative, merged: an OR would sort all rows that meet any.
        String all = alternatives.stream()
                .map(conditions -> "(" + select(table, conditions) + place + ")")
                .collect(Collectors.joining(" union all "));
        return new RowQuery(
                table,
                alternatives,
                "select %s from (%s) found order by %s limit ?".formatted(names(table.columns(), ", "), all, order));
    }

    /** For the row that is last before a time; of that time, and the number of rows. */
    static RowQuery lastBefore(Table table, List<Condition> conditions, Column<Long> order) {
        return new RowQuery(
                table,
                List.of(conditions),
                "%s and %s < ? order by %s desc, %s desc limit ?"
                        .formatted(
                                select(table, conditions),
                                table.createdAt().name(),
                                table.createdAt().name(),
                                order.name()));
    }

    /** For rows between two places in order, the lowest first; of the place that they are above, the last, and their number. */
    static RowQuery between(Table table, List<Condition> conditions, Column<Long> order) {
        return new RowQuery(
                table,
                List.of(conditions),
                "%s and %s > ? and %s <= ? order by %s limit ?"
                        .formatted(select(table, conditions), order.name(), order.name(), order.name()));
    }

    /** Asks whether the table and its columns are there. */
    static String probe(Table table) {
        return "select " + names(table.columns(), ", ") + " from " + table.name() + " limit 0";
    }

    /** The columns of the key that the conditions ask for. */
    List<Column<?>> keyColumns() {
        List<Column<?>> columns = new ArrayList<>(table.key());
        for (List<Condition> conditions : alternatives) {
            columns.retainAll(conditions.stream().map(Condition::column).toList());
        }
        return columns;
    }

    /** The condition that a column has to meet in every row that is found. */
    Condition condition(Column<?> column) {
        return alternatives.get(0).stream()
                .filter(condition -> condition.column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    /** The values that the conditions ask for. */
    List<Object> conditions(Call call) {
        return alternatives.stream()
                .flatMap(List::stream)
                .map(condition -> condition.value().apply(call))
                .toList();
    }

    /**
     * Sets the parameters.
     *
     * @param values of those behind the conditions, the number of rows last
     */
    void bind(PreparedStatement statement, Call call, List<Object> values) throws SQLException {
        List<Object> all = new ArrayList<>();
        for (List<Condition> conditions : alternatives) {
            conditions.forEach(condition -> all.add(condition.value().apply(call)));
            all.addAll(values);
        }
        if (alternatives.size() > 1) {
            all.add(values.get(values.size() - 1));
        }
        for (int index = 0; index < all.size(); index++) {
            Object value = all.get(index);
            statement.setObject(index + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
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
