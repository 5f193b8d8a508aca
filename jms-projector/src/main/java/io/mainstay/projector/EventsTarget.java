package io.mainstay.projector;

import io.mainstay.core.domain.Event;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.targets.ToldEvent;
import java.util.List;
import java.util.UUID;

/** One table with a row for every event, for audit: rows are added and never changed. Personal data is masked. */
final class EventsTarget implements ProjectionTarget {
    static final String NAME = "events";

    private static final Table.Builder EVENTS = Table.named("events");
    private static final Column<UUID> ID = EVENTS.key("id", ColumnType.UUID);
    private static final Column<Long> LOG_OFFSET = EVENTS.column("log_offset", ColumnType.BIGINT);
    private static final Column<Integer> EVENT_INDEX = EVENTS.column("event_index", ColumnType.INTEGER);
    private static final Column<String> DOMAIN = EVENTS.column("domain", ColumnType.TEXT);
    private static final Column<String> TYPE = EVENTS.column("type", ColumnType.TEXT);
    private static final Column<UUID> AGGREGATE_ID = EVENTS.nullable("aggregate_id", ColumnType.UUID);
    private static final Column<byte[]> FRAME_HASH =
            EVENTS.column("frame_hash", new ColumnType<>("bytea", byte[].class));
    private static final Column<String> EVENT = EVENTS.column("event", ColumnType.TEXT);
    private static final Table TABLE = EVENTS.build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Table> tables() {
        return List.of(TABLE);
    }

    @Override
    public List<String> changelogs() {
        return List.of("db/changelog/201-events.sql");
    }

    @Override
    public void project(ToldEvent<?> told, RowChanges rows) {
        Event event = told.event();
        rows.insert(Row.of(TABLE)
                .set(ID, told.place().id(0))
                .set(LOG_OFFSET, told.place().offset())
                .set(EVENT_INDEX, told.place().index())
                .set(DOMAIN, told.domain().name())
                .set(TYPE, event.getClass().getSimpleName())
                .set(AGGREGATE_ID, EventText.aggregate(event))
                .set(FRAME_HASH, told.frameHash())
                .set(EVENT, EventText.json(event)));
    }

    /** The audit begins where the log begins: what retention has deleted is not there to be told. */
    @Override
    public boolean beginsAnywhere() {
        return true;
    }
}
