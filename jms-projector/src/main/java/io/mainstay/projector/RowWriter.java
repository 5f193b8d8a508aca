package io.mainstay.projector;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import io.mainstay.projector.RowBatch.Change;
import io.mainstay.projector.RowBatch.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
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

/** Writes the changes of one transaction, all changes of a row as one insert or update. */
final class RowWriter {
    private final EntityManager entities;
    private final Map<String, DynamicType> types;
    private final Map<String, Map<List<Object>, DynamicEntity>> known = new HashMap<>();

    RowWriter(EntityManager entities, Map<String, DynamicType> types) {
        this.entities = entities;
        this.types = types;
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
        int inserted = 0;
        for (Change change : changes) {
            Row row = change.row();
            DynamicEntity entity = known(row.table()).get(row.key());
            switch (change.kind()) {
                case INSERT -> inserted += insert(change);
                case INSERT_IF_ABSENT -> inserted += entity == null ? insert(change) : 0;
                case UPDATE -> update(existing(entity, row), change);
                case INSERT_OWN -> {
                    if (entity == null) {
                        inserted += insert(change);
                    } else {
                        updateOwn(entity, change);
                    }
                }
                case UPDATE_OWN -> updateOwn(existing(entity, row), change);
            }
        }
        return inserted + updated;
    }

    private int insert(Change change) {
        Row row = change.row();
        Table table = row.table();
        row.set(table.shard(), change.place().shard())
                .set(table.createdAt(), change.place().time())
                .set(table.updatedAt(), change.place().time());
        DynamicEntity entity = type(table).newDynamicEntity();
        take(row, entity);
        entities.persist(entity);
        known(table).put(row.key(), entity);
        return 1;
    }

    private static DynamicEntity existing(@Nullable DynamicEntity entity, Row row) {
        if (entity == null) {
            throw new DamagedLogException(row.table() + " " + row.key() + " has changed but has no row");
        }
        return entity;
    }

    private static void updateOwn(DynamicEntity entity, Change change) {
        int maker = entity.<Integer>get(change.row().table().shard().name());
        if (maker == change.place().shard()) {
            update(entity, change);
        }
    }

    /** Versions come without a gap, or rows are missing. */
    private static void update(DynamicEntity entity, Change change) {
        Row row = change.row();
        Table table = row.table();
        table.version().ifPresent(column -> {
            long version = row.get(column);
            long before = entity.<Long>get(column.name());
            if (version != before + 1) {
                throw new DamagedLogException(
                        "%s %s: version %d projected after %d".formatted(table, row.key(), version, before));
            }
        });
        row.set(table.updatedAt(), change.place().time());
        take(row, entity);
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
                fresh.add(change.row().key());
            } else if (change.kind() == kind && !fresh.contains(change.row().key())) {
                wanted.computeIfAbsent(table, first -> new LinkedHashSet<>())
                        .add(change.row().key());
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
        String where = columns.size() == 1
                ? columns.get(0).name() + " = ANY (" + arrays.get(0) + ")"
                : "(" + columns.stream().map(Column::name).collect(Collectors.joining(", "))
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

    private Map<List<Object>, DynamicEntity> known(Table table) {
        return known.computeIfAbsent(table.name(), first -> new HashMap<>());
    }

    private DynamicType type(Table table) {
        DynamicType type = types.get(table.name());
        if (type == null) {
            throw new IllegalStateException("no domain has declared the table " + table);
        }
        return type;
    }
}
