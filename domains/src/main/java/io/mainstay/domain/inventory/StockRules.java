package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of stock: what comes, what is missing, and what every change of stock has to keep. */
final class StockRules {
    /** Pieces of an item that may lie in one warehouse. */
    static final long ON_HAND_MAX = 1L << 53;

    /** Pieces of an item that may be counted as received, arrived or found on one shard: three such sums fit 64 bits. */
    static final long TOTAL_MAX = 1L << 61;

    private StockRules() {}

    static Decision<InventoryEvent> decideReceive(InventoryState state, ReceiveStock receive) {
        UUID item = receive.line().item();
        Rejection refused = checkKnown(state, receive.tenant(), receive.warehouse(), item);
        if (refused == null) {
            refused = checkRoom(state, receive.warehouse(), receive.line(), Flow.RECEIVED, "/quantity");
        }
        return refused == null
                ? Decision.accept(new StockReceived(
                        receive.tenant(),
                        receive.reference(),
                        entry(state, receive.warehouse(), item, receive.line().quantity())))
                : Decision.reject(refused);
    }

    static Decision<InventoryEvent> decideAdjust(InventoryState state, AdjustStock adjust) {
        Rejection refused = checkKnown(state, adjust.tenant(), adjust.warehouse(), adjust.item());
        if (refused == null) {
            Line line = new Line(adjust.item(), Math.abs(adjust.change()));
            refused = adjust.change() < 0
                    ? checkFree(state, adjust.warehouse(), line, "/change")
                    : checkRoom(state, adjust.warehouse(), line, Flow.ADJUSTED, "/change");
        }
        return refused == null
                ? Decision.accept(new StockAdjusted(
                        adjust.tenant(),
                        adjust.reason(),
                        entry(state, adjust.warehouse(), adjust.item(), adjust.change())))
                : Decision.reject(refused);
    }

    static StockEntry entry(InventoryState state, UUID warehouse, UUID item, long onHandChange) {
        Entries entries = new Entries(state);
        entries.add(state.warehouses().find(warehouse), state.items().find(item), onHandChange, 0);
        return entries.all().get(0);
    }

    static @Nullable Rejection checkKnown(InventoryState state, String tenant, UUID warehouse, UUID item) {
        if (state.warehouses().find(tenant, warehouse) == Warehouses.NONE) {
            return unknownWarehouse(warehouse, "/warehouse");
        }
        return state.items().find(tenant, item) == Items.NONE ? unknownItem(item, "/item") : null;
    }

    /** Null if the warehouse has free pieces for every line. */
    static @Nullable Rejection checkLines(InventoryState state, String tenant, UUID warehouse, List<Line> lines) {
        if (state.warehouses().find(tenant, warehouse) == Warehouses.NONE) {
            return unknownWarehouse(warehouse, "/warehouse");
        }
        int repeated = Lines.firstRepeated(lines);
        if (repeated >= 0) {
            return InventoryRefusal.ITEM_REPEATED.because(
                    "Item " + lines.get(repeated).item() + " occurs twice.", "/lines/" + repeated + "/item");
        }
        for (int index = 0; index < lines.size(); index++) {
            Line line = lines.get(index);
            Rejection refused = state.items().find(tenant, line.item()) == Items.NONE
                    ? unknownItem(line.item(), "/lines/" + index + "/item")
                    : checkFree(state, warehouse, line, "/lines/" + index + "/quantity");
            if (refused != null) {
                return refused;
            }
        }
        return null;
    }

    /** Null if so many pieces are free in a warehouse that is known. */
    static @Nullable Rejection checkFree(InventoryState state, UUID warehouse, Line line, String pointer) {
        long free = state.available(
                state.warehouses().find(warehouse), state.items().find(line.item()));
        return line.quantity() <= free
                ? null
                : InventoryRefusal.STOCK_INSUFFICIENT.because(
                        "Warehouse %s has %d free pieces of item %s, and %d are wanted."
                                .formatted(warehouse, free, line.item(), line.quantity()),
                        pointer);
    }

    /** Null if so many pieces can come by this flow to a warehouse that is known. */
    static @Nullable Rejection checkRoom(InventoryState state, UUID warehouse, Line line, Flow flow, String pointer) {
        int item = state.items().find(line.item());
        int row = state.stock().find(state.warehouses().find(warehouse), item);
        long onHand = row == StockTable.NONE ? 0 : state.stock().onHand(row);
        boolean isCounted = flow == Flow.NONE || state.items().total(item, flow) <= TOTAL_MAX - line.quantity();
        return isCounted && onHand <= ON_HAND_MAX - line.quantity()
                ? null
                : InventoryRefusal.STOCK_OVERFLOW.because(
                        "Warehouse %s has %d pieces of item %s, and %d more are too many."
                                .formatted(warehouse, onHand, line.item(), line.quantity()),
                        pointer);
    }

    static Rejection unknownWarehouse(UUID id, String pointer) {
        return InventoryRefusal.WAREHOUSE_UNKNOWN.because("There is no warehouse " + id + ".", pointer);
    }

    static Rejection sameWarehouse(UUID id, String pointer) {
        return InventoryRefusal.SAME_WAREHOUSE.because("Warehouse " + id + " is on both sides.", pointer);
    }

    static Rejection unknownItem(UUID id, String pointer) {
        return InventoryRefusal.ITEM_UNKNOWN.because("There is no item " + id + ".", pointer);
    }

    /** Null if the shard can take one more allocation of this id. */
    static @Nullable Rejection checkFresh(InventoryState state, UUID id, InventoryRefusal exists) {
        if (state.stage(id) != null) {
            return exists.because(id + " was used already.", "/id");
        }
        return state.open().size() < InventoryState.ALLOCATIONS_MAX
                ? null
                : InventoryRefusal.ALLOCATIONS_TOO_MANY.because(
                        "The shard has %d open reservations, orders and moves."
                                .formatted(state.open().size()),
                        "");
    }
}
