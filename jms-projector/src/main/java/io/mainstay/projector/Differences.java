package io.mainstay.projector;

import io.mainstay.core.projection.Classification;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import io.mainstay.core.reconcile.Difference;
import io.mainstay.core.reconcile.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects the differences of a shard: lists the first ones, counts all. */
final class Differences {
    private static final String PERSONAL = "(personal)";

    private final List<Difference> listed = new ArrayList<>();
    private long count;

    /** A row that only one of both has. */
    void row(Kind kind, Row row) {
        Table table = row.table();
        add(new Difference(kind, table.name(), text(table.key(), row.key()), null, null, null));
    }

    /** A value of a row that both have. */
    void value(Column<?> column, Row engine, Row database) {
        add(new Difference(
                Kind.CHANGED,
                column.table(),
                text(engine.table().key(), engine.key()),
                column.name(),
                text(column, engine.find(column)),
                text(column, database.find(column))));
    }

    /** A sum of a group of rows; null if one of both has no such row. */
    void sum(
            String table,
            List<Column<?>> by,
            List<Object> group,
            String column,
            @Nullable Object engine,
            @Nullable Object database) {
        add(new Difference(Kind.SUM, table, text(by, group), column, textOrNull(engine), textOrNull(database)));
    }

    List<Difference> listed() {
        return listed;
    }

    /** Also those that are not listed. */
    long count() {
        return count;
    }

    private void add(Difference difference) {
        count++;
        if (listed.size() < Difference.LISTED_MAX) {
            listed.add(difference);
        }
    }

    private static String text(List<Column<?>> columns, List<Object> values) {
        return IntStream.range(0, columns.size())
                .mapToObj(index -> columns.get(index).name() + "=" + text(columns.get(index), values.get(index)))
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String text(Column<?> column, @Nullable Object value) {
        return value != null && column.classification() == Classification.PERSONAL ? PERSONAL : textOrNull(value);
    }

    private static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
