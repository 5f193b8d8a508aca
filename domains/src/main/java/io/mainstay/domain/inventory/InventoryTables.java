package io.mainstay.domain.inventory;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Projection;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * The inventory in a database. A warehouse lives on one shard, and all that refers to it is written by that shard; items come
 * from any shard, so nothing refers to them by a foreign key: another shard's rows may be ahead.
 *
 * <p>Ids of reservations, orders and moves are known to their warehouse's shard alone, so the warehouse is part of their key.
 */
final class InventoryTables {
    private static final Table.Builder WAREHOUSE = Table.named("warehouses");
    static final Column<UUID> WAREHOUSE_ID = WAREHOUSE.key("id", ColumnType.UUID);
    static final Column<String> WAREHOUSE_TENANT = WAREHOUSE.column("tenant", ColumnType.TEXT);
    static final Column<String> WAREHOUSE_SITE = WAREHOUSE.column("site", ColumnType.TEXT);
    static final Column<String> WAREHOUSE_NAME = WAREHOUSE.column("name", ColumnType.TEXT);
    static final Table WAREHOUSES = WAREHOUSE.build();

    private static final Table.Builder LINK = Table.named("warehouse_suppliers");
    static final Column<UUID> LINK_WAREHOUSE = LINK.key("warehouse_id", ColumnType.UUID);
    static final Column<UUID> LINK_SUPPLIER = LINK.key("supplier_id", ColumnType.UUID);
    static final Column<String> LINK_TENANT = LINK.nullable("tenant", ColumnType.TEXT);
    static final Column<Long> LINK_MINUTES = LINK.column("lead_minutes", ColumnType.BIGINT);
    static final Table LINKS = LINK.build();

    private static final Table.Builder ITEM = Table.named("items");
    static final Column<UUID> ITEM_ID = ITEM.key("id", ColumnType.UUID);
    static final Column<String> ITEM_TENANT = ITEM.column("tenant", ColumnType.TEXT);
    static final Column<String> ITEM_SKU = ITEM.column("sku", ColumnType.TEXT);
    static final Table ITEMS = ITEM.build();

    private static final Table.Builder LEVEL = Table.named("stock_levels");
    static final Column<UUID> LEVEL_WAREHOUSE = LEVEL.key("warehouse_id", ColumnType.UUID);
    static final Column<UUID> LEVEL_ITEM = LEVEL.key("item_id", ColumnType.UUID);
    static final Column<String> LEVEL_TENANT = LEVEL.nullable("tenant", ColumnType.TEXT);
    static final Column<Long> LEVEL_ON_HAND = LEVEL.column("on_hand", ColumnType.BIGINT);
    static final Column<Long> LEVEL_RESERVED = LEVEL.column("reserved", ColumnType.BIGINT);
    static final Column<Long> LEVEL_VERSION = LEVEL.version("version");
    static final Table LEVELS = LEVEL.build();

    private static final Table.Builder RESERVATION = Table.named("stock_reservations");
    static final Column<UUID> RESERVATION_WAREHOUSE = RESERVATION.key("warehouse_id", ColumnType.UUID);
    static final Column<UUID> RESERVATION_ID = RESERVATION.key("id", ColumnType.UUID);
    static final Column<String> RESERVATION_TENANT = RESERVATION.column("tenant", ColumnType.TEXT);
    static final Column<String> RESERVATION_STATUS = RESERVATION.column("status", ColumnType.TEXT);
    static final Column<Long> RESERVATION_PIECES = RESERVATION.column("pieces", ColumnType.BIGINT);
    static final Column<Instant> RESERVATION_EXPIRES = RESERVATION.column("expires_at", ColumnType.TIMESTAMP);
    static final Column<Long> RESERVATION_NUMBER = RESERVATION.column("warehouse_version", ColumnType.BIGINT);
    static final Column<Long> RESERVATION_OFFSET = RESERVATION.column("log_offset", ColumnType.BIGINT);
    static final Table RESERVATIONS = RESERVATION.build();

    private static final Table.Builder ORDER = Table.named("orders");
    static final Column<UUID> ORDER_WAREHOUSE = ORDER.key("warehouse_id", ColumnType.UUID);
    static final Column<UUID> ORDER_ID = ORDER.key("id", ColumnType.UUID);
    static final Column<String> ORDER_TENANT = ORDER.column("tenant", ColumnType.TEXT);
    static final Column<String> ORDER_STATUS = ORDER.column("status", ColumnType.TEXT);
    static final Column<UUID> ORDER_PAYMENT = ORDER.column("payment_id", ColumnType.UUID);
    static final Column<UUID> ORDER_CUSTOMER = ORDER.column("customer_id", ColumnType.UUID);
    static final Column<UUID> ORDER_SHOP = ORDER.column("shop_id", ColumnType.UUID);
    static final Column<String> ORDER_ASSET = ORDER.column("asset", ColumnType.TEXT);
    static final Column<Long> ORDER_AMOUNT = ORDER.column("amount_minor", ColumnType.BIGINT);
    static final Column<Long> ORDER_OFFSET = ORDER.column("log_offset", ColumnType.BIGINT);
    static final Table ORDERS = ORDER.build();

    private static final Table.Builder MOVE = Table.named("stock_moves");
    static final Column<UUID> MOVE_FROM = MOVE.key("from_warehouse_id", ColumnType.UUID);
    static final Column<UUID> MOVE_ID = MOVE.key("id", ColumnType.UUID);
    static final Column<String> MOVE_TENANT = MOVE.column("tenant", ColumnType.TEXT);
    static final Column<String> MOVE_STATUS = MOVE.column("status", ColumnType.TEXT);
    static final Column<UUID> MOVE_TO = MOVE.column("to_warehouse_id", ColumnType.UUID);
    static final Column<UUID> MOVE_ITEM = MOVE.column("item_id", ColumnType.UUID);
    static final Column<Long> MOVE_QUANTITY = MOVE.column("quantity", ColumnType.BIGINT);
    static final Column<Long> MOVE_OFFSET = MOVE.column("log_offset", ColumnType.BIGINT);
    static final Table MOVES = MOVE.build();

    private static final Table.Builder MOVEMENT = Table.named("stock_movements");
    static final Column<UUID> MOVEMENT_WAREHOUSE = MOVEMENT.key("warehouse_id", ColumnType.UUID);
    static final Column<Long> MOVEMENT_NUMBER = MOVEMENT.key("warehouse_version", ColumnType.BIGINT);
    static final Column<String> MOVEMENT_TENANT = MOVEMENT.nullable("tenant", ColumnType.TEXT);
    static final Column<UUID> MOVEMENT_ITEM = MOVEMENT.column("item_id", ColumnType.UUID);
    static final Column<String> MOVEMENT_KIND = MOVEMENT.column("kind", ColumnType.TEXT);
    static final Column<UUID> MOVEMENT_CAUSE = MOVEMENT.nullable("cause_id", ColumnType.UUID);
    static final Column<String> MOVEMENT_REFERENCE = MOVEMENT.nullable("reference", ColumnType.TEXT);
    static final Column<Long> MOVEMENT_ON_HAND_CHANGE = MOVEMENT.column("on_hand_change", ColumnType.BIGINT);
    static final Column<Long> MOVEMENT_RESERVED_CHANGE = MOVEMENT.column("reserved_change", ColumnType.BIGINT);
    static final Column<Long> MOVEMENT_ON_HAND = MOVEMENT.column("on_hand", ColumnType.BIGINT);
    static final Column<Long> MOVEMENT_RESERVED = MOVEMENT.column("reserved", ColumnType.BIGINT);
    static final Column<Long> MOVEMENT_OFFSET = MOVEMENT.column("log_offset", ColumnType.BIGINT);
    static final Table MOVEMENTS = MOVEMENT.build();

    static final Projection<InventoryEvent> PROJECTION = new Projection<>(
            List.of(WAREHOUSES, LINKS, ITEMS, LEVELS, RESERVATIONS, ORDERS, MOVES, MOVEMENTS),
            List.of("db/changelog/101-inventory.sql", "db/changelog/102-inventory.sql"),
            InventoryTables::project,
            List.of(InventoryChecks.warehouses(), InventoryChecks.stock()));

    private InventoryTables() {}

    private static void project(InventoryEvent event, LogPlace place, RowChanges rows) {
        switch (event) {
            case WarehouseAdded(var tenant, var id, var site, var name) ->
                rows.insert(Row.of(WAREHOUSES)
                        .set(WAREHOUSE_ID, id)
                        .set(WAREHOUSE_TENANT, tenant)
                        .set(WAREHOUSE_SITE, site)
                        .set(WAREHOUSE_NAME, name));
            case WarehousesLinked(var tenant, var warehouse, var supplier, var leadMinutes, var version) ->
                rows.insert(Row.of(LINKS)
                        .set(LINK_WAREHOUSE, warehouse)
                        .set(LINK_SUPPLIER, supplier)
                        .set(LINK_TENANT, tenant)
                        .set(LINK_MINUTES, leadMinutes));
            case ItemAdded(var tenant, var id, var sku) ->
                rows.insert(
                        Row.of(ITEMS).set(ITEM_ID, id).set(ITEM_TENANT, tenant).set(ITEM_SKU, sku));
            case ItemLearned learned -> {}
            case StockEvent changed -> {
                changed.entries().forEach(entry -> {
                    project(changed.tenant(), entry, rows);
                    rows.insert(movement(changed, entry, place));
                });
                projectAllocation(changed, place, rows);
            }
        }
    }

    private static void project(String tenant, StockEntry entry, RowChanges rows) {
        Row level = Row.of(LEVELS)
                .set(LEVEL_WAREHOUSE, entry.warehouse())
                .set(LEVEL_ITEM, entry.item())
                .set(LEVEL_ON_HAND, entry.onHand())
                .set(LEVEL_RESERVED, entry.reserved())
                .set(LEVEL_VERSION, entry.version());
        if (entry.version() == 1) {
            rows.insert(level.set(LEVEL_TENANT, tenant));
        } else {
            rows.update(level);
        }
    }

    private static Row movement(StockEvent event, StockEntry entry, LogPlace place) {
        Row movement = Row.of(MOVEMENTS)
                .set(MOVEMENT_WAREHOUSE, entry.warehouse())
                .set(MOVEMENT_NUMBER, entry.warehouseVersion())
                .set(MOVEMENT_TENANT, event.tenant())
                .set(MOVEMENT_ITEM, entry.item())
                .set(MOVEMENT_ON_HAND_CHANGE, entry.onHandChange())
                .set(MOVEMENT_RESERVED_CHANGE, entry.reservedChange())
                .set(MOVEMENT_ON_HAND, entry.onHand())
                .set(MOVEMENT_RESERVED, entry.reserved())
                .set(MOVEMENT_OFFSET, place.offset());
        return switch (event) {
            case StockReceived(var tenant, var reference, var received) ->
                movement.set(MOVEMENT_KIND, "received").set(MOVEMENT_REFERENCE, reference);
            case StockAdjusted(var tenant, var reason, var adjusted) ->
                movement.set(MOVEMENT_KIND, "adjusted").set(MOVEMENT_REFERENCE, reason);
            case StockMoved moved -> movement.set(MOVEMENT_KIND, "moved").set(MOVEMENT_CAUSE, moved.id());
            case StockArrived arrived -> movement.set(MOVEMENT_KIND, "arrived").set(MOVEMENT_CAUSE, arrived.id());
            case AllocationOpening opening ->
                movement.set(MOVEMENT_KIND, opening.allocation().stage().text())
                        .set(MOVEMENT_CAUSE, opening.allocation().id());
            case AllocationClosed(var allocation, var stage, var entries) ->
                movement.set(MOVEMENT_KIND, stage.text()).set(MOVEMENT_CAUSE, allocation.id());
        };
    }

    private static void projectAllocation(StockEvent event, LogPlace place, RowChanges rows) {
        switch (event) {
            case StockReserved(var allocation, var entries) -> rows.insert(reservation(allocation, entries, place));
            case OrderPlaced(var order, var amountMinor, var entries) ->
                rows.insert(Row.of(ORDERS)
                        .set(ORDER_WAREHOUSE, order.warehouse())
                        .set(ORDER_ID, order.id())
                        .set(ORDER_TENANT, order.tenant())
                        .set(ORDER_STATUS, AllocationStage.PLACING.text())
                        .set(ORDER_PAYMENT, order.payment())
                        .set(ORDER_CUSTOMER, order.customer())
                        .set(ORDER_SHOP, order.shop())
                        .set(ORDER_ASSET, order.asset())
                        .set(ORDER_AMOUNT, amountMinor)
                        .set(ORDER_OFFSET, place.offset()));
            case AllocationClosed(var allocation, var stage, var entries) -> close(allocation, stage, rows);
            case StockSent(var allocation, var to, var entries) ->
                rows.insert(
                        move(allocation.tenant(), allocation.id(), AllocationStage.SENDING, entries.get(0), to, place));
            case StockMoved(var tenant, var id, var entries) ->
                rows.insert(move(
                        tenant,
                        id,
                        AllocationStage.MOVED,
                        entries.get(0),
                        entries.get(1).warehouse(),
                        place));
            case StockArrived arrived -> {}
            case StockReceived received -> {}
            case StockAdjusted adjusted -> {}
        }
    }

    private static Row reservation(Allocation allocation, List<StockEntry> entries, LogPlace place) {
        return Row.of(RESERVATIONS)
                .set(RESERVATION_WAREHOUSE, allocation.warehouse())
                .set(RESERVATION_ID, allocation.id())
                .set(RESERVATION_TENANT, allocation.tenant())
                .set(RESERVATION_STATUS, allocation.stage().text())
                .set(
                        RESERVATION_PIECES,
                        allocation.lines().stream().mapToLong(Line::quantity).sum())
                .set(RESERVATION_EXPIRES, Instant.EPOCH.plus(allocation.expiresMicros(), ChronoUnit.MICROS))
                .set(RESERVATION_NUMBER, entries.getLast().warehouseVersion())
                .set(RESERVATION_OFFSET, place.offset());
    }

    private static void close(Allocation allocation, AllocationStage stage, RowChanges rows) {
        switch (allocation.stage()) {
            case RESERVED ->
                rows.update(Row.of(RESERVATIONS)
                        .set(RESERVATION_WAREHOUSE, allocation.warehouse())
                        .set(RESERVATION_ID, allocation.id())
                        .set(RESERVATION_STATUS, stage.text()));
            case PLACING ->
                rows.update(Row.of(ORDERS)
                        .set(ORDER_WAREHOUSE, allocation.warehouse())
                        .set(ORDER_ID, allocation.id())
                        .set(ORDER_STATUS, stage.text()));
            default ->
                rows.update(Row.of(MOVES)
                        .set(MOVE_FROM, allocation.warehouse())
                        .set(MOVE_ID, allocation.id())
                        .set(MOVE_STATUS, stage.text()));
        }
    }

    private static Row move(String tenant, UUID id, AllocationStage stage, StockEntry from, UUID to, LogPlace place) {
        return Row.of(MOVES)
                .set(MOVE_FROM, from.warehouse())
                .set(MOVE_ID, id)
                .set(MOVE_TENANT, tenant)
                .set(MOVE_STATUS, stage.text())
                .set(MOVE_TO, to)
                .set(MOVE_ITEM, from.item())
                .set(MOVE_QUANTITY, -from.onHandChange())
                .set(MOVE_OFFSET, place.offset());
    }
}
