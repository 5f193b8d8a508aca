package io.mainstay.api;

import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Read.Condition;
import io.mainstay.core.access.Values;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A table whose rows tests keep in memory, and how they are asked for. */
final class KeptTable {
    static final Column<UUID> ID;
    static final Column<String> TENANT;
    static final Column<Long> AMOUNT;
    static final Table TABLE;

    private static final Field<UUID> WANTED = Field.required("id", FieldType.uuid(), "", "");

    static final RowQuery BY_KEY;

    static {
        Table.Builder table = Table.named("kept");
        ID = table.key("id", ColumnType.UUID);
        TENANT = table.column("tenant", ColumnType.TEXT);
        AMOUNT = table.column("amount_minor", ColumnType.BIGINT);
        TABLE = table.build();
        BY_KEY = RowQuery.of(
                TABLE,
                List.of(new Condition(ID, call -> call.get(WANTED)), new Condition(TENANT, call -> call.tenant())));
    }

    /** A table whose rows have a key of two columns, and are asked for by one. */
    private static final Column<UUID> OWNER;

    private static final Column<UUID> PART_ID;
    private static final Table PARTS;

    static final RowQuery BY_PART;

    static {
        Table.Builder table = Table.named("parts");
        OWNER = table.key("owner", ColumnType.UUID);
        PART_ID = table.key("id", ColumnType.UUID);
        PARTS = table.build();
        BY_PART = RowQuery.of(PARTS, List.of(new Condition(PART_ID, call -> call.get(WANTED))));
    }

    private KeptTable() {}

    static Search part(UUID id, Map<Integer, Long> before) {
        return new Search(Optional.of(Row.of(PARTS).set(OWNER, id).set(PART_ID, id)), new Projected(before));
    }

    static ProjectedRows committedPart(long firstOffset, long nextOffset, UUID id) {
        Row row = Row.of(PARTS).set(OWNER, id).set(PART_ID, id);
        return new ProjectedRows("sql", 0, firstOffset, nextOffset, List.of(row));
    }

    static Call call(String tenant, UUID id) {
        Fields fields = Fields.of(WANTED);
        return new Call(tenant, new Values(fields, new Object[] {id}), new Values(Fields.EMPTY, new Object[0]));
    }

    static Search found(UUID id, long amountMinor, Map<Integer, Long> before) {
        return new Search(
                Optional.of(Row.of(TABLE).set(ID, id).set(AMOUNT, amountMinor).set(TABLE.shard(), 0)),
                new Projected(before));
    }

    /** A transaction of shard 0 that has changed these rows. */
    static ProjectedRows committed(long firstOffset, long nextOffset, UUID... changed) {
        return committed(0, firstOffset, nextOffset, changed);
    }

    static ProjectedRows committed(int shard, long firstOffset, long nextOffset, UUID... changed) {
        List<Row> rows = List.of(changed).stream()
                .map(id -> Row.of(TABLE).set(ID, id).set(AMOUNT, nextOffset))
                .toList();
        return new ProjectedRows("sql", shard, firstOffset, nextOffset, rows);
    }
}
