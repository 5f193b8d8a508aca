package io.mainstay.domain.inventory;

import io.mainstay.core.projection.Check;
import io.mainstay.core.projection.Check.StateRows;
import io.mainstay.core.projection.Check.Sums;
import io.mainstay.core.projection.Row;
import java.util.List;

/** What the inventory's state knows of its tables: warehouses, and the stock in them, also added up by item. */
final class InventoryChecks {
    static Check<InventoryState> warehouses() {
        return new Check<>(
                InventoryState.class,
                InventoryTables.WAREHOUSES,
                List.of(
                        InventoryTables.WAREHOUSE_TENANT,
                        InventoryTables.WAREHOUSE_SITE,
                        InventoryTables.WAREHOUSE_NAME),
                Sums.NONE,
                new WarehouseRows());
    }

    static Check<InventoryState> stock() {
        return new Check<>(
                InventoryState.class,
                InventoryTables.LEVELS,
                List.of(InventoryTables.LEVEL_ON_HAND, InventoryTables.LEVEL_RESERVED, InventoryTables.LEVEL_VERSION),
                new Sums(
                        List.of(InventoryTables.LEVEL_ITEM),
                        List.of(InventoryTables.LEVEL_ON_HAND, InventoryTables.LEVEL_RESERVED)),
                new StockRows());
    }

    private InventoryChecks() {}

    private static final class WarehouseRows implements StateRows<InventoryState> {
        @Override
        public int count(InventoryState state) {
            return state.warehouses().size();
        }

        @Override
        public int find(InventoryState state, Row key) {
            return state.warehouses().find(key.get(InventoryTables.WAREHOUSE_ID));
        }

        @Override
        public Row get(InventoryState state, int number) {
            Warehouses warehouses = state.warehouses();
            return Row.of(InventoryTables.WAREHOUSES)
                    .set(InventoryTables.WAREHOUSE_ID, warehouses.id(number))
                    .set(InventoryTables.WAREHOUSE_TENANT, warehouses.tenant(number))
                    .set(InventoryTables.WAREHOUSE_SITE, warehouses.site(number))
                    .set(InventoryTables.WAREHOUSE_NAME, warehouses.name(number));
        }
    }

    private static final class StockRows implements StateRows<InventoryState> {
        @Override
        public int count(InventoryState state) {
            return state.stock().size();
        }

        @Override
        public int find(InventoryState state, Row key) {
            int warehouse = state.warehouses().find(key.get(InventoryTables.LEVEL_WAREHOUSE));
            int item = state.items().find(key.get(InventoryTables.LEVEL_ITEM));
            return warehouse == Warehouses.NONE || item == Items.NONE
                    ? StockTable.NONE
                    : state.stock().find(warehouse, item);
        }

        @Override
        public Row get(InventoryState state, int number) {
            StockTable stock = state.stock();
            return Row.of(InventoryTables.LEVELS)
                    .set(InventoryTables.LEVEL_WAREHOUSE, state.warehouses().id(stock.warehouse(number)))
                    .set(InventoryTables.LEVEL_ITEM, state.items().id(stock.item(number)))
                    .set(InventoryTables.LEVEL_ON_HAND, stock.onHand(number))
                    .set(InventoryTables.LEVEL_RESERVED, stock.reserved(number))
                    .set(InventoryTables.LEVEL_VERSION, stock.version(number));
        }
    }
}
