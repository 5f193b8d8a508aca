package io.mainstay.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command, every event and the state, as they stand in logs and snapshots for ever. */
final class InventoryGoldenTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ACME = "acme";
    private static final UUID NORTH = new UUID(1, 1);
    private static final UUID SOUTH = new UUID(1, 2);
    private static final UUID CUP = new UUID(2, 1);
    private static final UUID ID = new UUID(3, 1);
    private static final UUID OTHER = new UUID(3, 2);
    private static final Line LINE = new Line(CUP, 300);
    private static final MoveStock MOVE = new MoveStock(ACME, ID, NORTH, SOUTH, LINE);
    private static final PlaceOrder ORDER = new PlaceOrder(
            ACME,
            ID,
            new UUID(4, 1),
            NORTH,
            new UUID(5, 1),
            new UUID(5, 2),
            "EUR",
            List.of(new OrderLine(CUP, 300, 1250)));
    private static final StockEntry ENTRY = new StockEntry(NORTH, CUP, -300, 5, 700, 5, 2, 300);
    private static final Allocation ALLOCATION =
            new Allocation(ACME, ID, AllocationStage.RESERVED, NORTH, List.of(LINE), 1_700_000_000_000_000L);

    private static final List<InventoryCommand> COMMANDS = List.of(
            new AddWarehouse(ACME, NORTH, "main", "N\u00f6rd"),
            new LinkWarehouses(ACME, NORTH, SOUTH, 90),
            new AddItem(ACME, CUP, "CUP"),
            new LearnItem(ACME, CUP, "CUP"),
            new ReceiveStock(ACME, NORTH, LINE, "note"),
            new AdjustStock(ACME, NORTH, CUP, -2, "broken"),
            MOVE,
            new ReserveStock(ACME, ID, NORTH, List.of(LINE), 1_000_000),
            new ConfirmReservation(ACME, ID),
            new CancelReservation(ACME, ID),
            ORDER,
            new TakeForOrder(ORDER),
            new SendStock(MOVE),
            new PutStock(MOVE),
            new SettleAllocation(ACME, ID),
            new ReleaseAllocation(ACME, ID));

    private static final List<InventoryEvent> EVENTS = List.of(
            new WarehouseAdded(ACME, NORTH, "main", "N\u00f6rd"),
            new WarehousesLinked(ACME, NORTH, SOUTH, 90, 300),
            new ItemAdded(ACME, CUP, "CUP"),
            new ItemLearned(ACME, CUP, "CUP"),
            new StockReceived(ACME, "note", ENTRY),
            new StockAdjusted(ACME, "broken", ENTRY),
            new StockMoved(ACME, ID, List.of(ENTRY, ENTRY)),
            new StockArrived(ACME, ID, SOUTH, ENTRY),
            new StockReserved(ALLOCATION, List.of(ENTRY)),
            new StockSent(ALLOCATION, SOUTH, List.of(ENTRY)),
            new OrderPlaced(ORDER, 375_000, List.of(ENTRY)),
            new AllocationClosed(ALLOCATION, AllocationStage.EXPIRED, List.of(ENTRY)));

    /** What brings the state to all that a snapshot can hold. */
    private static final List<InventoryEvent> HISTORY = List.of(
            new WarehouseAdded(ACME, NORTH, "main", "North"),
            new WarehouseAdded("", SOUTH, "main", ""),
            new WarehousesLinked(ACME, NORTH, SOUTH, 90, 2),
            new ItemAdded(ACME, CUP, "CUP"),
            new ItemLearned("", ID, "POT"),
            new StockReceived(ACME, "", new StockEntry(NORTH, CUP, 900, 0, 900, 0, 1, 3)),
            new StockAdjusted(ACME, "", new StockEntry(NORTH, CUP, -100, 0, 800, 0, 2, 4)),
            new StockArrived(ACME, OTHER, SOUTH, new StockEntry(NORTH, CUP, 50, 0, 850, 0, 3, 5)),
            new StockReserved(ALLOCATION, List.of(new StockEntry(NORTH, CUP, 0, 300, 850, 300, 4, 6))));

    @Test
    void commandsAreWrittenAsEver() throws IOException {
        assertThat(lines(InventoryCodecs.COMMANDS, COMMANDS)).isEqualTo(golden("/golden/inventory-commands-1.txt"));
        assertThat(COMMANDS.stream().map(Object::getClass))
                .as("every command has a line")
                .containsAll(leaves(InventoryCommand.class).toList());
    }

    @Test
    void eventsAreWrittenAsEver() throws IOException {
        assertThat(lines(InventoryCodecs.EVENTS, EVENTS)).isEqualTo(golden("/golden/inventory-events-1.txt"));
        assertThat(EVENTS.stream().map(Object::getClass))
                .as("every event has a line")
                .containsAll(leaves(InventoryEvent.class).toList());
    }

    @Test
    void theStateIsWrittenAsEver() throws IOException {
        InventoryState state = state();
        assertThat(chunks(state)).isEqualTo(golden("/golden/inventory-state-1.txt"));
        InventoryState restored = new InventoryState();
        chunks(state).lines().forEach(chunk -> {
            assertThat(InventoryStateCodec.INSTANCE.rows(new WireReader(HEX.parseHex(chunk))))
                    .isNotEmpty();
            InventoryStateCodec.INSTANCE.decode(restored, new WireReader(HEX.parseHex(chunk)));
        });
        assertThat(chunks(restored)).isEqualTo(chunks(state));
        assertThat(restored.warehouse(ACME, NORTH)).isEqualTo(state.warehouse(ACME, NORTH));
        assertThat(restored.stock(ACME, NORTH, CUP))
                .hasValueSatisfying(stock -> assertThat(stock.available()).isEqualTo(550));
        assertThat(restored.stage(OTHER)).isEqualTo(AllocationStage.ARRIVED);
    }

    static InventoryState state() {
        InventoryState state = new InventoryState();
        HISTORY.forEach(event -> InventoryChanges.apply(state, event));
        return state;
    }

    static <T> String lines(Codec<T> codec, List<T> values) {
        List<String> lines = new ArrayList<>();
        for (T value : values) {
            WireWriter out = new WireWriter(64);
            codec.encode(value, out);
            lines.add(value.getClass().getSimpleName() + " " + HEX.formatHex(out.toByteArray()));
            WireReader in = new WireReader(out.toByteArray());
            assertThat(codec.decode(in)).isEqualTo(value);
            assertThat(in.remaining()).isZero();
        }
        return text(lines);
    }

    static String chunks(InventoryState state) {
        List<String> chunks = new ArrayList<>();
        WireWriter out = new WireWriter(64);
        InventoryStateCodec.INSTANCE.encode(state, out, () -> {
            chunks.add(HEX.formatHex(out.toByteArray()));
            out.clear();
        });
        return text(chunks);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Arrays.stream(permitted).flatMap(InventoryGoldenTest::leaves);
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String golden(String name) throws IOException {
        try (InputStream golden = InventoryGoldenTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(golden, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
