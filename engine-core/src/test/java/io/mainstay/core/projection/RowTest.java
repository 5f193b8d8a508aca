package io.mainstay.core.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Table.Builder STOCK = Table.named("stock");
    private static final Column<String> WAREHOUSE = STOCK.key("warehouse", ColumnType.TEXT);
    private static final Column<String> ITEM = STOCK.key("item", ColumnType.TEXT);
    private static final Column<Long> COUNT = STOCK.column("count", ColumnType.BIGINT);
    private static final Column<String> NOTE = STOCK.nullable("note", ColumnType.TEXT);
    private static final Table TABLE = STOCK.build();
    private static final Table.Builder OTHER = Table.named("other");
    private static final Column<String> OTHER_KEY = OTHER.key("warehouse", ColumnType.TEXT);

    @Test
    void holdsWhatIsSetAndTellsWhatIsNot() {
        Row row = Row.of(TABLE).set(WAREHOUSE, "A").set(ITEM, "x").set(NOTE, null);

        assertThat(row.key()).isEqualTo(List.of("A", "x"));
        assertThat(row.has(NOTE)).isTrue();
        assertThat(row.find(NOTE)).isNull();
        assertThat(row.has(COUNT)).isFalse();
        assertThatThrownBy(() -> row.get(COUNT)).hasMessageContaining("stock.count");
    }

    @Test
    void refusesWhatTheTableDoesNotTake() {
        assertThatThrownBy(() -> Row.of(TABLE).set(COUNT, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Row.of(TABLE).set(OTHER_KEY, "A"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("other.warehouse is no column of stock");
    }

    @Test
    void everyTableHasTheColumnsThatTheWriterFills() {
        assertThat(TABLE.columns())
                .extracting(Column::name)
                .containsExactly("warehouse", "item", "count", "note", "shard", "created_at", "updated_at");
    }

    @Test
    void refusesTablesThatSqlWouldNotTake() {
        assertThatThrownBy(() -> Table.named("stock; --").build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Table.named("stock").column("a b", ColumnType.TEXT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Table.named("stock").build()).hasMessageContaining("no key");
        Table.Builder twice = Table.named("stock");
        twice.key("a", ColumnType.TEXT);
        twice.column("a", ColumnType.TEXT);
        assertThatThrownBy(twice::build).hasMessageContaining("a column twice");
    }
}
