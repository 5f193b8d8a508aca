package io.mainstay.domain.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Warehouses, items, stock and allocations of one shard. */
public final class InventoryState {
    /** Reservations, orders and moves of a shard that may be open at once. */
    public static final int ALLOCATIONS_MAX = 1_000_000;

    private final Warehouses warehouses = new Warehouses();
    private final Items items = new Items();
    private final StockTable stock = new StockTable();
    private final OpenAllocations open = new OpenAllocations();
    private final ClosedAllocations closed = new ClosedAllocations();

    /** A warehouse, with its suppliers in the order in which they came. */
    public record WarehouseView(UUID id, String site, String name, long version, List<Supplier> suppliers) {}

    /** Another warehouse that supplies one. */
    public record Supplier(UUID warehouse, long leadMinutes) {}

    /** Stock of an item in a warehouse; all zero if there was never any. */
    public record StockView(UUID warehouse, UUID item, long onHand, long reserved, long version) {
        public long available() {
            return onHand - reserved;
        }
    }

    /** Empty if the tenant has no such warehouse. */
    public Optional<WarehouseView> warehouse(String tenant, UUID id) {
        int row = warehouses.find(tenant, id);
        if (row == Warehouses.NONE) {
            return Optional.empty();
        }
        List<Supplier> suppliers = new ArrayList<>();
        for (int link = warehouses.firstLink(row); link != Warehouses.NONE; link = warehouses.nextLink(link)) {
            suppliers.add(new Supplier(warehouses.id(warehouses.linkSupplier(link)), warehouses.linkMinutes(link)));
        }
        return Optional.of(new WarehouseView(
                id, warehouses.site(row), warehouses.name(row), warehouses.version(row), suppliers.reversed()));
    }

    /** Empty if the tenant has no such warehouse or no such item. */
    public Optional<StockView> stock(String tenant, UUID warehouse, UUID item) {
        int warehouseRow = warehouses.find(tenant, warehouse);
        int itemRow = items.find(tenant, item);
        if (warehouseRow == Warehouses.NONE || itemRow == Items.NONE) {
            return Optional.empty();
        }
        int row = stock.find(warehouseRow, itemRow);
        return Optional.of(row == StockTable.NONE ? new StockView(warehouse, item, 0, 0, 0) : view(row));
    }

    /** All stock of an item on this shard, what came last in front; warehouses that have none left are left out. */
    public List<StockView> stockOf(String tenant, UUID item) {
        int itemRow = items.find(tenant, item);
        List<StockView> all = new ArrayList<>();
        int row = itemRow == Items.NONE ? StockTable.NONE : items.firstStock(itemRow);
        for (; row != StockTable.NONE; row = stock.nextOfItem(row)) {
            if (stock.onHand(row) > 0) {
                all.add(view(row));
            }
        }
        return all;
    }

    /** See {@link SupplySearch}. */
    public Optional<SupplyPath> supply(String tenant, UUID warehouse, UUID item) {
        int warehouseRow = warehouses.find(tenant, warehouse);
        int itemRow = items.find(tenant, item);
        return warehouseRow == Warehouses.NONE || itemRow == Items.NONE
                ? Optional.empty()
                : new SupplySearch(this, itemRow).find(warehouseRow);
    }

    /** Pieces of an item that were counted by a flow on this shard; 0 if the shard does not know the item. */
    public long total(UUID item, Flow flow) {
        int row = items.find(item);
        return row == Items.NONE ? 0 : items.total(row, flow);
    }

    /** What has become of an allocation, or null if it is unknown or forgotten. */
    public @Nullable AllocationStage stage(UUID id) {
        Allocation opened = open.find(id);
        if (opened != null) {
            return opened.stage();
        }
        long position = closed.find(id);
        return position == ClosedAllocations.NONE ? null : closed.stage(position);
    }

    Warehouses warehouses() {
        return warehouses;
    }

    Items items() {
        return items;
    }

    StockTable stock() {
        return stock;
    }

    OpenAllocations open() {
        return open;
    }

    ClosedAllocations closed() {
        return closed;
    }

    /** Pieces that are free; 0 if there were never any. */
    long available(int warehouseRow, int itemRow) {
        int row = stock.find(warehouseRow, itemRow);
        return row == StockTable.NONE ? 0 : stock.onHand(row) - stock.reserved(row);
    }

    long version(UUID aggregate) {
        int row = warehouses.find(aggregate);
        if (row != Warehouses.NONE) {
            return warehouses.version(row);
        }
        int item = items.find(aggregate);
        if (item != Items.NONE) {
            return items.isHome(item) ? 1 : 0;
        }
        AllocationStage stage = stage(aggregate);
        return stage == null ? 0 : stage.version();
    }

    void aggregates(BiConsumer<String, UUID> each) {
        for (int row = 0; row < warehouses.size(); row++) {
            each.accept(warehouses.tenant(row), warehouses.id(row));
        }
        for (int row = 0; row < items.size(); row++) {
            if (items.isHome(row)) {
                each.accept(items.tenant(row), items.id(row));
            }
        }
    }

    private StockView view(int row) {
        return new StockView(
                warehouses.id(stock.warehouse(row)),
                items.id(stock.item(row)),
                stock.onHand(row),
                stock.reserved(row),
                stock.version(row));
    }
}
