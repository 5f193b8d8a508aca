package io.mainstay.projector;

import io.mainstay.core.projection.Check;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import io.mainstay.core.reconcile.Difference.Kind;
import io.mainstay.core.reconcile.ReconcileReport.Compared;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table's rows of one shard with the shard's state.
 *
 * <p>The rows come from the database as they lie there, some at a time, and each is looked up in the state; a bit a row
 * remembers what was found. So nothing is sorted, and nothing but these bits and the sums is held.
 */
final class TableComparison<S> {
    private static final int FETCHED_ROWS = 1000;
    /** Rows between two looks at the time; a power of two. */
    private static final int ROWS_A_LOOK = 1024;

    private final Check<S> check;
    private final S state;
    private final int shard;
    private final Differences differences;
    private final Deadline deadline;
    private final List<Column<?>> read;

    TableComparison(Check<S> check, S state, int shard, Differences differences, Deadline deadline) {
        this.check = check;
        this.state = state;
        this.shard = shard;
        this.differences = differences;
        this.deadline = deadline;
        this.read = Stream.concat(check.table().key().stream(), check.columns().stream())
                .distinct()
                .toList();
    }

    /** Within the connection's transaction, which has to show the rows as they were at the state's offset. */
    Compared compare(Connection connection) throws SQLException {
        BitSet found = new BitSet(check.rows().count(state));
        long unknown = compareRows(connection, found);
        Map<List<Object>, BigInteger[]> sums = walk(found);
        long sumCount = compareSums(connection, sums);
        return new Compared(check.table().name(), check.rows().count(state) + unknown, sumCount);
    }

    /** Returns how many rows the state does not know. */
    private long compareRows(Connection connection, BitSet found) throws SQLException {
        Table table = check.table();
        String sql = "SELECT %s FROM %s WHERE %s = ?"
                .formatted(names(read), table.name(), table.shard().name());
        try (PreparedStatement query = prepare(connection, sql);
                ResultSet rows = query.executeQuery()) {
            long unknown = 0;
            for (long count = 0; rows.next(); count++) {
                look(count);
                Row row = row(rows);
                int number = check.rows().find(state, row);
                if (number < 0) {
                    unknown++;
                    differences.row(Kind.UNKNOWN, row);
                } else {
                    found.set(number);
                    compare(check.rows().get(state, number), row);
                }
            }
            return unknown;
        }
    }

    private void compare(Row engine, Row database) {
        for (Column<?> column : read) {
            if (!Objects.equals(engine.find(column), database.find(column))) {
                differences.value(column, engine, database);
            }
        }
    }

    /** Tells which rows the database lacks, and adds up the state's. */
    private Map<List<Object>, BigInteger[]> walk(BitSet found) {
        Map<List<Object>, BigInteger[]> sums = new HashMap<>();
        List<Column<Long>> amounts = check.sums().amounts();
        int count = check.rows().count(state);
        for (int number = 0; number < count; number++) {
            look(number);
            if (amounts.isEmpty() && found.get(number)) {
                continue;
            }
            Row row = check.rows().get(state, number);
            if (!found.get(number)) {
                differences.row(Kind.MISSING, row);
            }
            if (!amounts.isEmpty()) {
                BigInteger[] sum = sums.computeIfAbsent(group(row), fresh -> zeros(amounts.size()));
                for (int index = 0; index < sum.length; index++) {
                    sum[index] = sum[index].add(BigInteger.valueOf(row.get(amounts.get(index))));
                }
            }
        }
        return sums;
    }

    /** The database adds up its own; returns how many sums one of both has. */
    private long compareSums(Connection connection, Map<List<Object>, BigInteger[]> engine) throws SQLException {
        List<Column<?>> by = check.sums().by();
        List<Column<Long>> amounts = check.sums().amounts();
        if (amounts.isEmpty()) {
            return 0;
        }
        long count = 0;
        try (PreparedStatement query = prepare(connection, sumsSql());
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                look(count++);
                List<Object> group = new ArrayList<>();
                for (int index = 0; index < by.size(); index++) {
                    group.add(Objects.requireNonNull(value(by.get(index), rows, index + 1)));
                }
                BigInteger @Nullable [] held = engine.remove(group);
                for (int index = 0; index < amounts.size(); index++) {
                    BigInteger stored =
                            rows.getBigDecimal(by.size() + index + 1).toBigIntegerExact();
                    BigInteger wanted = held == null ? null : held[index];
                    if (!stored.equals(wanted)) {
                        differences.sum(
                                check.table().name(),
                                by,
                                group,
                                amounts.get(index).name(),
                                wanted,
                                stored);
                    }
                }
            }
        }
        engine.forEach((group, held) -> {
            for (int index = 0; index < amounts.size(); index++) {
                differences.sum(
                        check.table().name(), by, group, amounts.get(index).name(), held[index], null);
            }
        });
        return (count + engine.size()) * amounts.size();
    }

    private String sumsSql() {
        Table table = check.table();
        String sums = check.sums().amounts().stream()
                .map(amount -> "sum(" + amount.name() + ")")
                .collect(Collectors.joining(", "));
        String by = names(check.sums().by());
        String from =
                "FROM %s WHERE %s = ?".formatted(table.name(), table.shard().name());
        // HAVING leaves out the one group that is there even without a row.
        return by.isEmpty()
                ? "SELECT %s %s HAVING count(*) > 0".formatted(sums, from)
                : "SELECT %s, %s %s GROUP BY %s".formatted(by, sums, from, by);
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setFetchSize(FETCHED_ROWS);
        query.setInt(1, shard);
        return query;
    }

    private void look(long count) {
        if ((count & (ROWS_A_LOOK - 1)) == 0) {
            deadline.remainingMillis();
        }
    }

    private List<Object> group(Row row) {
        return check.sums().by().stream().<Object>map(row::get).toList();
    }

    private Row row(ResultSet rows) throws SQLException {
        Row row = Row.of(check.table());
        for (int index = 0; index < read.size(); index++) {
            set(row, read.get(index), rows, index + 1);
        }
        return row;
    }

    private static <T> void set(Row row, Column<T> column, ResultSet rows, int index) throws SQLException {
        row.set(column, column.type().type().cast(value(column, rows, index)));
    }

    private static @Nullable Object value(Column<?> column, ResultSet rows, int index) throws SQLException {
        return column.type().equals(ColumnType.TIMESTAMP)
                ? instant(rows.getObject(index, OffsetDateTime.class))
                : rows.getObject(index, column.type().type());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static BigInteger[] zeros(int count) {
        BigInteger[] zeros = new BigInteger[count];
        Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }

    private static String names(List<Column<?>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
