package io.mainstay.projector;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import io.mainstay.projector.RowBatch.Change;
import io.mainstay.projector.RowBatch.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.persistence.dynamic.DynamicEntity;
import org.eclipse.persistence.dynamic.DynamicType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of one transaction, all changes of a row as one insert or update: by batches of the persistence
 * provider, and a table's new rows by COPY where there are many.
 */
final class RowWriter {
    private final EntityManager entities;
    private final RowTypes types;
    private final int copyRowsMin;
    private final Map<String, Map<List<Object>, DynamicEntity>> known = new HashMap<>();
    private final Map<String, Map<List<Object>, Row>> fresh = new HashMap<>();

    /** Copies a table's new rows from {@code copyRowsMin} on. */
    RowWriter(EntityManager entities, RowTypes types, int copyRowsMin) {
        this.entities = entities;
        this.types = types;
        this.copyRowsMin = copyRowsMin;
    }

    /**
     * Writes.
     *
     * @param repeats whether to look for rows that may be there already; without it such a row ends the transaction with a
     *     duplicate key
     * @return rows inserted or updated
     */
    int write(List<Change> changes, boolean repeats) {
        int updated = load(changes, Kind.UPDATE) + load(changes, Kind.UPDATE_OWN);
        if (repeats) {
            load(changes, Kind.INSERT_IF_ABSENT);
            load(changes, Kind.INSERT_OWN);
        }
        for (Change change : changes) {
            Row row = change.row();
            List<Object> key = key(change);
            Row made = fresh(row.table()).get(key);
            DynamicEntity entity = known(row.table()).get(key);
            boolean there = made != null || entity != null;
            switch (change.kind()) {
                case INSERT -> make(key, change);
                case INSERT_IF_ABSENT -> {
                    if (!there) {
                        make(key, change);
                    }
                }
                case INSERT_OWN -> {
                    if (there) {
                        updateOwn(made, entity, change);
                    } else {
                        make(key, change);
                    }
                }
                case UPDATE -> update(made, entity, change);
                case UPDATE_OWN -> updateOwn(made, entity, change);
            }
        }
        return insert() + updated;
    }

    private void make(List<Object> key, Change change) {
        Row row = change.row();
        Table table = row.table();
        row.set(table.shard(), change.place().shard())
                .set(table.createdAt(), change.place().time())
                .set(table.updatedAt(), change.place().time());
        if (fresh(table).put(key, row) != null) {
            throw new PoisonEventException(change.place(), table + " " + key + " is made twice");
        }
    }

    /** Rows after those that they refer to; what is copied goes at once, so what is not has to be there before. */
    private int insert() {
        int inserted = 0;
        boolean waiting = false;
        for (Table table : types.tables()) {
            Collection<Row> rows = fresh(table).values();
            inserted += rows.size();
            if (rows.size() < copyRowsMin) {
                rows.forEach(this::persist);
                waiting |= !rows.isEmpty();
            } else {
                if (waiting) {
                    entities.flush();
                    waiting = false;
                }
                copy(table, rows);
            }
        }
        return inserted;
    }

    private void persist(Row row) {
        DynamicEntity entity = type(row.table()).newDynamicEntity();
        take(row, entity);
        entities.persist(entity);
    }

    private void copy(Table table, Collection<Row> rows) {
        try {
            new RowCopy(entities.unwrap(Connection.class)).write(table, rows);
        } catch (SQLException e) {
            throw new PersistenceException(rows.size() + " rows are not copied to " + table, e);
        }
    }

    /** A row that is made in this transaction is of this shard. */
    private static void updateOwn(@Nullable Row made, @Nullable DynamicEntity entity, Change change) {
        String shard = change.row().table().shard().name();
        boolean others =
                entity != null && entity.<Integer>get(shard) != change.place().shard();
        if (!others) {
            update(made, entity, change);
        }
    }

    /** Versions come without a gap, or rows are missing. */
    private static void update(@Nullable Row made, @Nullable DynamicEntity entity, Change change) {
        Row row = change.row();
        Table table = row.table();
        row.set(table.updatedAt(), change.place().time());
        if (made != null) {
            table.version().ifPresent(column -> checkVersion(change, column, made.find(column)));
            row.table().columns().stream().filter(row::has).forEach(column -> take(column, row, made));
        } else if (entity != null) {
            table.version().ifPresent(column -> checkVersion(change, column, entity.<Long>get(column.name())));
            take(row, entity);
        } else {
            throw new PoisonEventException(change.place(), table + " " + row.key() + " has changed but has no row");
        }
    }

    private static void checkVersion(Change change, Column<Long> column, @Nullable Long before) {
        Row row = change.row();
        Long version = row.find(column);
        if (version == null || before == null || version != before + 1) {
            throw new PoisonEventException(
                    change.place(),
                    "%s %s: version %d projected after %d".formatted(row.table(), row.key(), version, before));
        }
    }

    private static List<Object> key(Change change) {
        try {
            return change.row().key();
        } catch (IllegalStateException incomplete) {
            throw new PoisonEventException(change.place(), incomplete);
        }
    }

    private static <T> void take(Column<T> column, Row from, Row to) {
        to.set(column, from.find(column));
    }

    private static void take(Row row, DynamicEntity entity) {
        for (Column<?> column : row.table().columns()) {
            if (row.has(column) && (!row.table().key().contains(column) || !entity.isSet(column.name()))) {
                entity.set(column.name(), row.find(column));
            }
        }
    }

    /** Reads the rows that changes of a kind are about, but for those that are inserted before; returns how many. */
    @SuppressWarnings("unchecked")
    private int load(List<Change> changes, Kind kind) {
        Map<Table, Set<List<Object>>> wanted = new LinkedHashMap<>();
        Map<String, Set<List<Object>>> made = new HashMap<>();
        for (Change change : changes) {
            Table table = change.row().table();
            Set<List<Object>> fresh = made.computeIfAbsent(table.name(), first -> new LinkedHashSet<>());
            if (change.kind() == Kind.INSERT) {
                fresh.add(key(change));
            } else if (change.kind() == kind && !fresh.contains(key(change))) {
                wanted.computeIfAbsent(table, first -> new LinkedHashSet<>()).add(key(change));
            }
        }
        int count = 0;
        for (Map.Entry<Table, Set<List<Object>>> some : wanted.entrySet()) {
            Table table = some.getKey();
            List<DynamicEntity> found = query(table, some.getValue()).getResultList();
            found.forEach(entity -> known(table).put(keyOf(table, entity), entity));
            count += found.size();
        }
        return count;
    }

    /** One query however many rows: the values of a column of the key travel as one array. */
    private Query query(Table table, Set<List<Object>> keys) {
        List<Column<?>> columns = table.key();
        List<String> arrays = new ArrayList<>();
        for (Column<?> column : columns) {
            arrays.add("CAST(?" + (arrays.size() + 1) + " AS " + column.type().sql() + "[])");
        }
        // From a subquery, which is made once: as an operand the array would be parsed again for each row that is
        // looked at.
        String where = "(" + columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") IN (SELECT * FROM unnest(" + String.join(", ", arrays) + "))";
        Query query = entities.createNativeQuery(
                "SELECT * FROM " + table.name() + " WHERE " + where, type(table).getJavaClass());
        for (int index = 0; index < columns.size(); index++) {
            query.setParameter(index + 1, arrayOf(keys, index));
        }
        return query;
    }

    private static String arrayOf(Set<List<Object>> keys, int column) {
        StringBuilder array = new StringBuilder(2 + 39 * keys.size()).append('{');
        for (List<Object> key : keys) {
            String value = key.get(column).toString().replace("\\", "\\\\").replace("\"", "\\\"");
            array.append(array.length() == 1 ? "\"" : ",\"").append(value).append('"');
        }
        return array.append('}').toString();
    }

    private static List<Object> keyOf(Table table, DynamicEntity entity) {
        return table.key().stream()
                .map(column -> entity.<Object>get(column.name()))
                .toList();
    }

    private Map<List<Object>, Row> fresh(Table table) {
        return fresh.computeIfAbsent(table.name(), first -> new LinkedHashMap<>());
    }

    private Map<List<Object>, DynamicEntity> known(Table table) {
        return known.computeIfAbsent(table.name(), first -> new HashMap<>());
    }

    private DynamicType type(Table table) {
        DynamicType type = types.all().get(table.name());
        if (type == null) {
            throw new IllegalStateException("no domain has declared the table " + table);
        }
        return type;
    }
}
