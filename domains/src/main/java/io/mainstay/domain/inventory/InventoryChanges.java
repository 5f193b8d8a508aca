package io.mainstay.domain.inventory;

import java.util.List;

/** What events do to the state, and how they are taken back. */
final class InventoryChanges {
    private InventoryChanges() {}

    static void apply(InventoryState state, InventoryEvent event) {
        switch (event) {
            case WarehouseAdded added -> state.warehouses().add(added);
            case WarehousesLinked linked -> {
                int row = state.warehouses().find(linked.warehouse());
                state.warehouses().link(row, state.warehouses().find(linked.supplier()), linked.leadMinutes());
                state.warehouses().setVersion(row, linked.version());
            }
            case ItemAdded(var tenant, var id, var sku) -> state.items().add(tenant, id, sku, true);
            case ItemLearned(var tenant, var id, var sku) -> state.items().add(tenant, id, sku, false);
            case StockEvent changed -> {
                changed.entries().forEach(entry -> apply(state, entry, changed.flow()));
                applyAllocation(state, changed);
            }
        }
    }

    static void revert(InventoryState state, InventoryEvent event) {
        switch (event) {
            case WarehouseAdded added -> state.warehouses().removeNewest(added.id());
            case WarehousesLinked linked -> {
                state.warehouses().unlinkNewest();
                state.warehouses().setVersion(state.warehouses().find(linked.warehouse()), linked.version() - 1);
            }
            case ItemAdded added -> state.items().removeNewest(added.id());
            case ItemLearned learned -> state.items().removeNewest(learned.id());
            case StockEvent changed -> {
                revertAllocation(state, changed);
                List<StockEntry> backwards = changed.entries().reversed();
                backwards.forEach(entry -> revert(state, entry, changed.flow()));
            }
        }
    }

    private static void apply(InventoryState state, StockEntry entry, Flow flow) {
        int warehouse = state.warehouses().find(entry.warehouse());
        int item = state.items().find(entry.item());
        int row = state.stock().find(warehouse, item);
        if (row == StockTable.NONE) {
            row = state.stock().add(warehouse, item, state.items());
        }
        state.stock().set(row, entry.onHand(), entry.reserved(), entry.version());
        state.warehouses().setVersion(warehouse, entry.warehouseVersion());
        count(state, item, flow, entry.onHandChange());
    }

    private static void revert(InventoryState state, StockEntry entry, Flow flow) {
        int warehouse = state.warehouses().find(entry.warehouse());
        int item = state.items().find(entry.item());
        if (entry.version() == 1) {
            state.stock().removeNewest(state.items());
        } else {
            state.stock()
                    .set(
                            state.stock().find(warehouse, item),
                            entry.onHand() - entry.onHandChange(),
                            entry.reserved() - entry.reservedChange(),
                            entry.version() - 1);
        }
        state.warehouses().setVersion(warehouse, entry.warehouseVersion() - 1);
        count(state, item, flow, -entry.onHandChange());
    }

    private static void count(InventoryState state, int item, Flow flow, long change) {
        if (flow != Flow.NONE) {
            state.items().setTotal(item, flow, state.items().total(item, flow) + flow.sign() * change);
        }
    }

    private static void applyAllocation(InventoryState state, StockEvent event) {
        switch (event) {
            case AllocationOpening opening -> state.open().add(opening.allocation());
            case AllocationClosed(var allocation, var stage, var entries) -> {
                state.open().remove(allocation.id());
                state.closed().add(allocation.tenant(), allocation.id(), stage);
            }
            case StockMoved moved -> state.closed().add(moved.tenant(), moved.id(), AllocationStage.MOVED);
            case StockArrived arrived -> state.closed().add(arrived.tenant(), arrived.id(), AllocationStage.ARRIVED);
            case StockReceived received -> {}
            case StockAdjusted adjusted -> {}
        }
    }

    private static void revertAllocation(InventoryState state, StockEvent event) {
        switch (event) {
            case AllocationOpening opening ->
                state.open().remove(opening.allocation().id());
            case AllocationClosed(var allocation, var stage, var entries) -> {
                state.closed().removeNewest(allocation.id());
                state.open().add(allocation);
            }
            case StockMoved moved -> state.closed().removeNewest(moved.id());
            case StockArrived arrived -> state.closed().removeNewest(arrived.id());
            case StockReceived received -> {}
            case StockAdjusted adjusted -> {}
        }
    }
}
