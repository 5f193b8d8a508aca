package io.mainstay.projector;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.targets.ToldEvent;
import java.util.List;
import java.util.UUID;

/** A target that an application adds: a row for each event, with nothing but its offset. */
public final class OffsetsTarget implements ProjectionTarget {
    private static final Table.Builder TABLE = Table.named("offsets");
    private static final Column<UUID> ID = TABLE.key("id", ColumnType.UUID);
    private static final Column<Long> LOG_OFFSET = TABLE.column("log_offset", ColumnType.BIGINT);
    private static final Table OFFSETS = TABLE.build();

    @Override
    public String name() {
        return "offsets";
    }

    @Override
    public List<Table> tables() {
        return List.of(OFFSETS);
    }

    @Override
    public List<String> changelogs() {
        return List.of("db/changelog/offsets.sql");
    }

    @Override
    public void project(ToldEvent<?> event, RowChanges rows) {
        rows.insert(Row.of(OFFSETS)
                .set(ID, event.place().id(0))
                .set(LOG_OFFSET, event.place().offset()));
    }
}
