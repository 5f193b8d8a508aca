package io.mainstay.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Refusal;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the inventory declares is what it does. */
final class InventoryAccessTest {
    private static final UUID NORTH = new UUID(1, 1);
    private static final UUID CUP = new UUID(2, 1);
    private static final UUID ID = new UUID(3, 1);

    @Test
    void everyRefusalIsDeclaredSomewhere() {
        Set<String> declared = new HashSet<>();
        for (Operation<InventoryCommand> operation : InventoryAccess.ACCESS.operations()) {
            operation.refusals().stream().map(Refusal::code).forEach(declared::add);
        }
        Set<String> ofReads = Set.of("supply-unknown", "stock-unknown", "move-unknown", "order-unknown");
        declared.addAll(ofReads);
        assertThat(declared)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(InventoryRefusal.values())
                        .map(InventoryRefusal::code)
                        .toList());
    }

    @Test
    void everyEventOfACallersCommandHasAnAnswer() {
        Set<Class<?>> answered = new HashSet<>();
        InventoryAccess.ACCESS
                .operations()
                .forEach(operation ->
                        operation.answers().stream().map(Answer::event).forEach(answered::add));
        assertThat(answered)
                .containsExactlyInAnyOrder(
                        WarehouseAdded.class,
                        WarehousesLinked.class,
                        ItemAdded.class,
                        StockReceived.class,
                        StockAdjusted.class,
                        StockMoved.class,
                        StockSent.class,
                        StockReserved.class,
                        AllocationClosed.class,
                        OrderPlaced.class);
    }

    @Test
    void stockBecomesALevelAndAMovement() {
        List<String> changes = project(
                new StockReceived("acme", "note", new StockEntry(NORTH, CUP, 5, 0, 5, 0, 1, 2)),
                new StockAdjusted("acme", "lost", new StockEntry(NORTH, CUP, -1, 0, 4, 0, 2, 3)));
        assertThat(changes)
                .containsExactly(
                        "insert stock_levels",
                        "insert stock_movements",
                        "update stock_levels",
                        "insert stock_movements");
    }

    @Test
    void allocationsAreShownFromTheirBeginningToTheirEnd() {
        List<Line> lines = List.of(new Line(CUP, 5));
        for (AllocationStage stage :
                List.of(AllocationStage.RESERVED, AllocationStage.PLACING, AllocationStage.SENDING)) {
            String table = switch (stage) {
                case RESERVED -> "stock_reservations";
                case PLACING -> "orders";
                default -> "stock_moves";
            };
            Allocation allocation = new Allocation("acme", ID, stage, NORTH, lines, 0);
            List<StockEntry> entries = List.of(new StockEntry(NORTH, CUP, -5, 5, 5, 5, 2, 3));
            InventoryEvent opening = switch (stage) {
                case RESERVED -> new StockReserved(allocation, entries);
                case PLACING ->
                    new OrderPlaced(
                            new PlaceOrder(
                                    "acme", ID, CUP, NORTH, CUP, NORTH, "EUR", List.of(new OrderLine(CUP, 5, 1))),
                            5,
                            entries);
                default -> new StockSent(allocation, CUP, entries);
            };
            assertThat(project(opening, new AllocationClosed(allocation, AllocationStage.EXPIRED, List.of())))
                    .containsExactly(
                            "update stock_levels", "insert stock_movements", "insert " + table, "update " + table);
        }
    }

    @Test
    void everyTableHasAMigrationThatCanBeTakenBack() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : InventoryTables.PROJECTION.changelogs()) {
            try (InputStream changelog = InventoryDomain.class.getResourceAsStream("/" + name)) {
                all.append(new String(Objects.requireNonNull(changelog).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        String sql = all.toString();
        InventoryTables.PROJECTION.tables().forEach(table -> {
            assertThat(sql).contains("--rollback DROP TABLE " + table.name() + ";");
            Matcher created = Pattern.compile("CREATE TABLE " + table.name() + " \\((.*?)\\n\\);", Pattern.DOTALL)
                    .matcher(sql);
            assertThat(created.find()).as(table.name()).isTrue();
            table.columns().forEach(column -> {
                String definition = column.name() + " " + column.type().sql() + (column.nullable() ? "" : " NOT NULL");
                String added = "ALTER TABLE " + table.name() + " ADD COLUMN " + definition + ";";
                if (sql.contains(added)) {
                    assertThat(sql)
                            .contains("--rollback ALTER TABLE " + table.name() + " DROP COLUMN " + column.name() + ";");
                } else {
                    assertThat(created.group(1)).contains("\n    " + definition + ",\n");
                }
            });
        });
    }

    private static List<String> project(InventoryEvent... events) {
        List<String> changes = new ArrayList<>();
        RowChanges rows = new RowChanges() {
            @Override
            public void insert(Row row) {
                row.key();
                row.table().columns().stream()
                        .filter(column -> !column.nullable())
                        .filter(column ->
                                !Set.of("shard", "created_at", "updated_at").contains(column.name()))
                        .forEach(column -> assertThat(row.has(column))
                                .as(column.toString())
                                .isTrue());
                changes.add("insert " + row.table());
            }

            @Override
            public void insertIfAbsent(Row row) {
                changes.add("insert if absent " + row.table());
            }

            @Override
            public void insertOwn(Row row) {
                changes.add("insert own " + row.table());
            }

            @Override
            public void updateOwn(Row row) {
                changes.add("update own " + row.table());
            }

            @Override
            public void update(Row row) {
                row.key();
                changes.add("update " + row.table());
            }
        };
        for (InventoryEvent event : events) {
            InventoryTables.PROJECTION.rule().project(event, new LogPlace(0, 7, 0, Instant.EPOCH), rows);
        }
        return changes;
    }
}
