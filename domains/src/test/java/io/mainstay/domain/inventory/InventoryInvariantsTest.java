package io.mainstay.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commands against a plain model: the same is accepted and refused, and the same stock is left. */
final class InventoryInvariantsTest {
    private static final int WAREHOUSES = 5;
    private static final int ITEMS = 4;
    private static final int STEPS = 3000;

    private final Inventory rules = new Inventory();
    private final InventoryState state = rules.emptyState();

    /** Stock by warehouse and item. */
    private final Map<String, Long> onHand = new HashMap<>();

    private final Map<String, Long> reserved = new HashMap<>();
    private final Map<UUID, ReserveStock> reservations = new HashMap<>();
    private final TreeMap<Long, List<UUID>> expiring = new TreeMap<>();
    private long nowMicros = 1_000_000;
    private long cameAndDidNotLeave;
    private int accepted;
    private int refused;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomCommandsLeaveWhatAPlainModelHas(long seed) {
        Random random = new Random(seed);
        for (int number = 0; number < WAREHOUSES; number++) {
            take(new AddWarehouse("", warehouse(number), "main", ""));
        }
        for (int number = 0; number < ITEMS; number++) {
            take(new AddItem("", item(number), "item"));
        }
        for (int step = 0; step < STEPS; step++) {
            step(random, new UUID(9, step));
            if (step % 100 == 0) {
                compare();
            }
        }
        compare();
        assertThat(accepted).isGreaterThan(STEPS / 4);
        assertThat(refused).isGreaterThan(STEPS / 20);
    }

    @Test
    void stockThatNobodyBroughtStopsTheSnapshot() {
        rules.apply(state, new WarehouseAdded("", warehouse(0), "main", ""));
        rules.apply(state, new ItemAdded("", item(0), ""));
        rules.apply(state, new StockReceived("", "", new StockEntry(warehouse(0), item(0), 5, 0, 6, 0, 1, 2)));
        assertThatThrownBy(() -> InventoryGoldenTest.chunks(state))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("6 pieces of an item lie in warehouses, and 5 came");
    }

    @Test
    void stockThatNobodySpeaksForStopsTheSnapshot() {
        rules.apply(state, new WarehouseAdded("", warehouse(0), "main", ""));
        rules.apply(state, new ItemAdded("", item(0), ""));
        rules.apply(state, new StockReceived("", "", new StockEntry(warehouse(0), item(0), 5, 2, 5, 2, 1, 2)));
        assertThatThrownBy(() -> InventoryGoldenTest.chunks(state)).hasMessageContaining("0 pieces are spoken for");
    }

    private void step(Random random, UUID id) {
        nowMicros += random.nextInt(1000);
        expire();
        UUID from = warehouse(random.nextInt(WAREHOUSES));
        UUID to = warehouse(random.nextInt(WAREHOUSES));
        UUID item = item(random.nextInt(ITEMS));
        long quantity = 1L + random.nextInt(50);
        String at = from + "/" + item;
        switch (random.nextInt(6)) {
            case 0 -> {
                expect(true, new ReceiveStock("", from, new Line(item, quantity), ""));
                onHand.merge(at, quantity, Long::sum);
                cameAndDidNotLeave += quantity;
            }
            case 1 -> {
                long change = random.nextBoolean() ? quantity : -quantity;
                if (expect(change > 0 || free(at) >= quantity, new AdjustStock("", from, item, change, "x"))) {
                    onHand.merge(at, change, Long::sum);
                    cameAndDidNotLeave += change;
                }
            }
            case 2 -> {
                boolean fits = !from.equals(to) && free(at) >= quantity;
                if (expect(fits, new MoveStock("", id, from, to, new Line(item, quantity)))) {
                    onHand.merge(at, -quantity, Long::sum);
                    onHand.merge(to + "/" + item, quantity, Long::sum);
                }
            }
            case 3 -> {
                ReserveStock reserve = new ReserveStock(
                        "", id, from, List.of(new Line(item, quantity)), 1000 + random.nextInt(100_000));
                if (expect(free(at) >= quantity, reserve)) {
                    reserved.merge(at, quantity, Long::sum);
                    reservations.put(id, reserve);
                    expiring.computeIfAbsent(nowMicros + reserve.expiryMicros(), time -> new ArrayList<>())
                            .add(id);
                }
            }
            default -> {
                UUID known = new UUID(9, random.nextInt(STEPS));
                ReserveStock reserve = reservations.get(known);
                boolean ships = random.nextBoolean();
                if (expect(
                        reserve != null,
                        ships ? new ConfirmReservation("", known) : new CancelReservation("", known))) {
                    release(known, ships);
                }
            }
        }
    }

    private void expire() {
        while (!expiring.isEmpty() && expiring.firstKey() <= nowMicros) {
            expiring.pollFirstEntry().getValue().stream()
                    .filter(reservations::containsKey)
                    .forEach(id -> release(id, false));
        }
        while (rules.dueMicros(state) <= nowMicros) {
            apply(rules.elapse(state, context()));
        }
    }

    private void release(UUID id, boolean ships) {
        ReserveStock reserve = Objects.requireNonNull(reservations.remove(id));
        Line line = reserve.lines().get(0);
        String at = reserve.warehouse() + "/" + line.item();
        reserved.merge(at, -line.quantity(), Long::sum);
        if (ships) {
            onHand.merge(at, -line.quantity(), Long::sum);
            cameAndDidNotLeave -= line.quantity();
        }
    }

    private long free(String at) {
        return onHand.getOrDefault(at, 0L) - reserved.getOrDefault(at, 0L);
    }

    private boolean expect(boolean accepts, InventoryCommand command) {
        assertThat(take(command)).as(command.toString()).isEqualTo(accepts);
        return accepts;
    }

    private boolean take(InventoryCommand command) {
        boolean accepts = apply(rules.decide(state, command, context()));
        accepted += accepts ? 1 : 0;
        refused += accepts ? 0 : 1;
        return accepts;
    }

    /** Applies, takes back and applies again. */
    private boolean apply(Decision<InventoryEvent> decision) {
        if (!(decision instanceof Decision.Accepted<InventoryEvent>(var events, var messages))) {
            return false;
        }
        if (accepted % 16 == 0) {
            String before = InventoryGoldenTest.chunks(state);
            events.forEach(event -> rules.apply(state, event));
            events.reversed().forEach(event -> rules.revert(state, event));
            assertThat(InventoryGoldenTest.chunks(state)).isEqualTo(before);
        }
        events.forEach(event -> rules.apply(state, event));
        return true;
    }

    private void compare() {
        InventoryGoldenTest.chunks(state);
        long sum = 0;
        for (int warehouse = 0; warehouse < WAREHOUSES; warehouse++) {
            for (int item = 0; item < ITEMS; item++) {
                String at = warehouse(warehouse) + "/" + item(item);
                InventoryState.StockView stock =
                        state.stock("", warehouse(warehouse), item(item)).orElseThrow();
                assertThat(stock.onHand()).isEqualTo(onHand.getOrDefault(at, 0L));
                assertThat(stock.reserved()).isEqualTo(reserved.getOrDefault(at, 0L));
                sum += stock.onHand();
            }
        }
        assertThat(sum).isEqualTo(cameAndDidNotLeave);
        for (int item = 0; item < ITEMS; item++) {
            assertThat(state.stockOf("", item(item)))
                    .allSatisfy(stock -> assertThat(stock.onHand()).isPositive());
        }
    }

    private CommandContext context() {
        return CommandContext.of(0, 0, nowMicros);
    }

    private static UUID warehouse(int number) {
        return new UUID(1, number);
    }

    private static UUID item(int number) {
        return new UUID(2, number);
    }
}
