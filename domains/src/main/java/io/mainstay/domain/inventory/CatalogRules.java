package io.mainstay.domain.inventory;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Message;
import java.util.List;
import java.util.stream.IntStream;

/** The rules of warehouses, of who supplies whom, and of items. */
final class CatalogRules {
    private CatalogRules() {}

    static Decision<InventoryEvent> decideAdd(InventoryState state, AddWarehouse add) {
        return state.version(add.id()) > 0
                ? InventoryRefusal.WAREHOUSE_EXISTS.reject("Warehouse " + add.id() + " exists already.", "/id")
                : Decision.accept(new WarehouseAdded(add.tenant(), add.id(), add.site(), add.name()));
    }

    static Decision<InventoryEvent> decideLink(InventoryState state, LinkWarehouses link) {
        Warehouses warehouses = state.warehouses();
        int row = warehouses.find(link.tenant(), link.warehouse());
        if (row == Warehouses.NONE) {
            return Decision.reject(StockRules.unknownWarehouse(link.warehouse(), "/warehouse"));
        }
        int supplier = warehouses.find(link.tenant(), link.supplier());
        if (supplier == Warehouses.NONE) {
            return Decision.reject(StockRules.unknownWarehouse(link.supplier(), "/supplier"));
        }
        if (supplier == row) {
            return Decision.reject(StockRules.sameWarehouse(link.supplier(), "/supplier"));
        }
        for (int each = warehouses.firstLink(row); each != Warehouses.NONE; each = warehouses.nextLink(each)) {
            if (warehouses.linkSupplier(each) == supplier) {
                return InventoryRefusal.SUPPLIER_EXISTS.reject(
                        "Warehouse " + link.supplier() + " supplies " + link.warehouse() + " already.", "/supplier");
            }
        }
        if (warehouses.suppliers(row) >= LinkWarehouses.SUPPLIERS_MAX) {
            return InventoryRefusal.SUPPLIERS_TOO_MANY.reject(
                    "Warehouse " + link.warehouse() + " has " + warehouses.suppliers(row) + " suppliers already.",
                    "/supplier");
        }
        if (SupplySearch.supplies(warehouses, row, supplier)) {
            return InventoryRefusal.SUPPLY_CYCLE.reject(
                    "Warehouse " + link.warehouse() + " supplies " + link.supplier() + ".", "/supplier");
        }
        return Decision.accept(new WarehousesLinked(
                link.tenant(), link.warehouse(), link.supplier(), link.leadMinutes(), warehouses.version(row) + 1));
    }

    static Decision<InventoryEvent> decideAdd(InventoryState state, AddItem add, CommandContext context) {
        if (state.items().find(add.id()) != Items.NONE || state.version(add.id()) > 0) {
            return exists(add.id().toString());
        }
        List<Message> messages = IntStream.range(0, context.shards())
                .filter(shard -> shard != context.shard())
                .mapToObj(shard -> new Message(shard, new LearnItem(add.tenant(), add.id(), add.sku())))
                .toList();
        return Decision.accept(List.of(new ItemAdded(add.tenant(), add.id(), add.sku())), messages);
    }

    static Decision<InventoryEvent> decideLearn(InventoryState state, LearnItem learn) {
        return state.items().find(learn.id()) != Items.NONE
                ? exists(learn.id().toString())
                : Decision.accept(new ItemLearned(learn.tenant(), learn.id(), learn.sku()));
    }

    private static Decision<InventoryEvent> exists(String item) {
        return InventoryRefusal.ITEM_EXISTS.reject("Item " + item + " exists already.", "/id");
    }
}
