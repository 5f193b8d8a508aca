package io.mainstay.domain.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** Makes the entries of one event, or of several in a row, each at the state that the ones before it leave. */
final class Entries {
    private final InventoryState state;
    private final Map<Long, StockEntry> latest = new HashMap<>();
    private final Map<Integer, Long> warehouseVersions = new HashMap<>();
    private final List<StockEntry> all = new ArrayList<>();

    Entries(InventoryState state) {
        this.state = state;
    }

    /** An entry for each line of an allocation: what becomes of its pieces, by their number. */
    static List<StockEntry> of(
            InventoryState state, Allocation allocation, LongUnaryOperator onHand, LongUnaryOperator reserved) {
        return new Entries(state).of(allocation, onHand, reserved);
    }

    /** As the static one, behind what was made before. */
    List<StockEntry> of(Allocation allocation, LongUnaryOperator onHand, LongUnaryOperator reserved) {
        int from = all.size();
        int warehouse = state.warehouses().find(allocation.warehouse());
        for (Line line : allocation.lines()) {
            add(
                    warehouse,
                    state.items().find(line.item()),
                    onHand.applyAsLong(line.quantity()),
                    reserved.applyAsLong(line.quantity()));
        }
        return List.copyOf(all.subList(from, all.size()));
    }

    /** Pieces of an item come to a warehouse or leave it, and some are spoken for or free again. */
    void add(int warehouse, int item, long onHandChange, long reservedChange) {
        long key = (long) warehouse << 32 | item;
        StockEntry before = latest.get(key);
        int row = state.stock().find(warehouse, item);
        boolean isNew = row == StockTable.NONE;
        long onHand =
                before != null ? before.onHand() : isNew ? 0 : state.stock().onHand(row);
        long reserved =
                before != null ? before.reserved() : isNew ? 0 : state.stock().reserved(row);
        long version =
                before != null ? before.version() : isNew ? 0 : state.stock().version(row);
        StockEntry entry = new StockEntry(
                state.warehouses().id(warehouse),
                state.items().id(item),
                onHandChange,
                reservedChange,
                onHand + onHandChange,
                reserved + reservedChange,
                version + 1,
                warehouseVersions.getOrDefault(warehouse, state.warehouses().version(warehouse)) + 1);
        latest.put(key, entry);
        warehouseVersions.put(warehouse, entry.warehouseVersion());
        all.add(entry);
    }

    List<StockEntry> all() {
        return all;
    }
}
