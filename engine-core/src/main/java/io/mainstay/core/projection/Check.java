package io.mainstay.core.projection;

import java.util.List;

/**
 * What a state knows of a table's rows by itself, so that the table can be compared with it.
 *
 * @param columns that are compared, apart from the key
 * @param sums that are compared as well
 * @param rows what the state says of them
 * @param <S> the state
 */
public record Check<S>(Class<S> stateType, Table table, List<Column<?>> columns, Sums sums, StateRows<S> rows) {
    public Check {
        columns = List.copyOf(columns);
        for (Column<?> column : columns) {
            requireOf(table, column);
        }
        sums.by().forEach(column -> requireOf(table, column));
        sums.amounts().forEach(column -> requireOf(table, column));
    }

    private static void requireOf(Table table, Column<?> column) {
        if (!column.table().equals(table.name())) {
            throw new IllegalArgumentException(column + " is no column of " + table);
        }
    }

    /**
     * Rows that a state holds, numbered from 0 on. They are all that the state's own shard has in the table.
     *
     * <p>Hot: called twice for each row, so both should cost a look-up.
     */
    public interface StateRows<S> {
        int count(S state);

        /** The number of the row with the key, or -1. */
        int find(S state, Row key);

        /** The row with a number, with its key, and the columns of the check and its sums. */
        Row get(S state, int number);
    }

    /**
     * Amounts that are added up over the rows that agree in some columns.
     *
     * @param by the columns that tell groups apart; without any, all rows are one group
     */
    public record Sums(List<Column<?>> by, List<Column<Long>> amounts) {
        /** Nothing is added up. */
        public static final Sums NONE = new Sums(List.of(), List.of());

        public Sums {
            by = List.copyOf(by);
            amounts = List.copyOf(amounts);
        }
    }
}
