package io.mainstay.domain.inventory;

import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.projection.Row;
import io.mainstay.domain.inventory.InventoryState.StockView;
import io.mainstay.domain.inventory.InventoryState.Supplier;
import io.mainstay.domain.inventory.InventoryState.WarehouseView;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** What callers may ask of the inventory. */
final class InventoryQueries {
    private static final Field<UUID> WAREHOUSE = InventoryOperations.WAREHOUSE;
    private static final Field<UUID> ITEM =
            Field.required("item", FieldType.uuid(), "The item's id.", InventoryExamples.ITEM);
    private static final Field<UUID> ITEM_ID =
            Field.required("id", FieldType.uuid(), "The item's id.", InventoryExamples.ITEM);
    private static final Field<UUID> ORDER_ID =
            Field.required("id", FieldType.uuid(), "The order's id.", InventoryExamples.ORDER);
    private static final Field<UUID> MOVE_ID =
            Field.required("id", FieldType.uuid(), "The move's id.", InventoryExamples.MOVE);

    private static final Document<Supplier> SUPPLIER = Document.<Supplier>named("Supplier", "Who supplies a warehouse.")
            .uuid("warehouse", Supplier::warehouse, "", InventoryExamples.OTHER)
            .whole("leadMinutes", Supplier::leadMinutes, "", 90)
            .build();

    private static final Document<Seen<WarehouseView>> WAREHOUSE_NOW = Document.<Seen<WarehouseView>>named(
                    "Warehouse", "A warehouse.")
            .uuid("id", seen -> seen.value().id(), "", InventoryExamples.WAREHOUSE)
            .text("site", seen -> seen.value().site(), "", InventoryExamples.SITE)
            .text("name", seen -> seen.value().name(), "", "Vienna north")
            .parts("suppliers", seen -> seen.value().suppliers(), "In the order they were added.", SUPPLIER)
            .whole("version", seen -> seen.value().version(), "Counts the changes of the warehouse from 1.", 7)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Seen<StockView>> STOCK_NOW = Document.<Seen<StockView>>named(
                    "Stock", "Stock of an item in a warehouse.")
            .uuid("warehouse", seen -> seen.value().warehouse(), "", InventoryExamples.WAREHOUSE)
            .uuid("item", seen -> seen.value().item(), "", InventoryExamples.ITEM)
            .whole("onHand", seen -> seen.value().onHand(), "Pieces that lie there.", 40)
            .whole("reserved", seen -> seen.value().reserved(), "Pieces of these that are spoken for.", 12)
            .whole("available", seen -> seen.value().available(), "Pieces that are free.", 28)
            .whole("version", seen -> seen.value().version(), "Counts the changes of this stock; 0 if none.", 3)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<UUID> STOP = Document.<UUID>named("SupplyStop", "A warehouse on the way.")
            .uuid("warehouse", stop -> stop, "", InventoryExamples.OTHER)
            .build();

    private static final Document<Seen<SupplyPath>> SUPPLY = Document.<Seen<SupplyPath>>named(
                    "Supply", "The fastest way by which a warehouse can get an item.")
            .parts("stops", seen -> seen.value().stops(), "From the one that has it to the one that wants it.", STOP)
            .whole("leadMinutes", seen -> seen.value().leadMinutes(), "In all; 0 if it has the item itself.", 90)
            .whole("available", seen -> seen.value().available(), "Pieces that are free at the first stop.", 28)
            .place(Seen::shard, Seen::offset)
            .build();

    private static final Document<Row> RESERVATION = Document.<Row>named("StockReservation", "A reservation.")
            .uuid("id", row -> row.get(InventoryTables.RESERVATION_ID), "", InventoryExamples.RESERVATION)
            .uuid("warehouse", row -> row.get(InventoryTables.RESERVATION_WAREHOUSE), "", InventoryExamples.WAREHOUSE)
            .text(
                    "status",
                    row -> row.get(InventoryTables.RESERVATION_STATUS),
                    "reserved, confirmed, cancelled or expired.",
                    "reserved")
            .whole("pieces", row -> row.get(InventoryTables.RESERVATION_PIECES), "Of all lines.", 12)
            .time("expiresAt", row -> row.get(InventoryTables.RESERVATION_EXPIRES), "")
            .place(
                    row -> row.get(InventoryTables.RESERVATIONS.shard()),
                    row -> row.get(InventoryTables.RESERVATION_OFFSET))
            .time("reservedAt", row -> row.get(InventoryTables.RESERVATIONS.createdAt()), "")
            .build();

    private static final Document<Row> MOVEMENT = Document.<Row>named(
                    "StockMovement", "What an event did to the stock of an item.")
            .uuid("item", row -> row.get(InventoryTables.MOVEMENT_ITEM), "", InventoryExamples.ITEM)
            .text("kind", row -> row.get(InventoryTables.MOVEMENT_KIND), "", "received")
            .textOrNull(
                    "cause",
                    row -> row.has(InventoryTables.MOVEMENT_CAUSE) && row.find(InventoryTables.MOVEMENT_CAUSE) != null
                            ? row.get(InventoryTables.MOVEMENT_CAUSE).toString()
                            : null,
                    "Id of the reservation, order or move.",
                    InventoryExamples.ORDER.toString())
            .textOrNull("reference", row -> row.find(InventoryTables.MOVEMENT_REFERENCE), "", "Delivery note 17")
            .whole("onHandChange", row -> row.get(InventoryTables.MOVEMENT_ON_HAND_CHANGE), "", 12)
            .whole("reservedChange", row -> row.get(InventoryTables.MOVEMENT_RESERVED_CHANGE), "", 0)
            .whole("onHand", row -> row.get(InventoryTables.MOVEMENT_ON_HAND), "After it.", 40)
            .whole("reserved", row -> row.get(InventoryTables.MOVEMENT_RESERVED), "After it.", 12)
            .whole("version", row -> row.get(InventoryTables.MOVEMENT_NUMBER), "Of the warehouse after it.", 4)
            .place(row -> row.get(InventoryTables.MOVEMENTS.shard()), row -> row.get(InventoryTables.MOVEMENT_OFFSET))
            .time("movedAt", row -> row.get(InventoryTables.MOVEMENTS.createdAt()), "")
            .build();

    private static final Document<Row> ORDER = Document.<Row>named("Order", "An order.")
            .uuid("id", row -> row.get(InventoryTables.ORDER_ID), "", InventoryExamples.ORDER)
            .text("status", row -> row.get(InventoryTables.ORDER_STATUS), "placing, shipped or withdrawn.", "shipped")
            .uuid("payment", row -> row.get(InventoryTables.ORDER_PAYMENT), "", InventoryExamples.PAYMENT)
            .uuid("warehouse", row -> row.get(InventoryTables.ORDER_WAREHOUSE), "", InventoryExamples.WAREHOUSE)
            .uuid("customer", row -> row.get(InventoryTables.ORDER_CUSTOMER), "", InventoryExamples.CUSTOMER)
            .uuid("shop", row -> row.get(InventoryTables.ORDER_SHOP), "", InventoryExamples.SHOP)
            .text("asset", row -> row.get(InventoryTables.ORDER_ASSET), "", "EUR")
            .whole("amountMinor", row -> row.get(InventoryTables.ORDER_AMOUNT), "", 15_000)
            .place(row -> row.get(InventoryTables.ORDERS.shard()), row -> row.get(InventoryTables.ORDER_OFFSET))
            .time("placedAt", row -> row.get(InventoryTables.ORDERS.createdAt()), "")
            .build();

    static final Read<InventoryState> READ_WAREHOUSE = new Read.Memory<>(
            Endpoint.of(
                    "read-warehouse",
                    "GET",
                    "/warehouses/{id}",
                    InventoryOperations.WAREHOUSES,
                    "Read a warehouse",
                    "From memory, after every command that was answered before.",
                    WAREHOUSE),
            WAREHOUSE,
            (state, call) -> state.warehouse(call.tenant(), call.get(WAREHOUSE)),
            WAREHOUSE_NOW,
            unknown(InventoryRefusal.WAREHOUSE_UNKNOWN, "warehouse ", WAREHOUSE));

    static final Read<InventoryState> READ_STOCK = new Read.Memory<>(
            Endpoint.of(
                    "read-stock",
                    "GET",
                    "/warehouses/{id}/stock/{item}",
                    InventoryOperations.STOCK,
                    "Read the stock of an item",
                    "From memory, after every command that was answered before.",
                    WAREHOUSE,
                    ITEM),
            WAREHOUSE,
            (state, call) -> state.stock(call.tenant(), call.get(WAREHOUSE), call.get(ITEM)),
            STOCK_NOW,
            unknown(InventoryRefusal.STOCK_UNKNOWN, "stock of item ", ITEM));

    static final Read<InventoryState> FIND_SUPPLY = new Read.Memory<>(
            Endpoint.of(
                    "find-supply",
                    "GET",
                    "/warehouses/{id}/supply/{item}",
                    InventoryOperations.WAREHOUSES,
                    "Find the fastest supply of an item",
                    "From memory: the way with the shortest lead time from a warehouse that has free pieces.",
                    WAREHOUSE,
                    ITEM),
            WAREHOUSE,
            (state, call) -> state.supply(call.tenant(), call.get(WAREHOUSE), call.get(ITEM)),
            SUPPLY,
            unknown(InventoryRefusal.SUPPLY_UNKNOWN, "supply of item ", ITEM));

    static final Read<InventoryState> LIST_STOCK = new Read.Everywhere<>(
            Endpoint.of(
                    "list-stock",
                    "GET",
                    "/items/{id}/stock",
                    InventoryOperations.ITEMS,
                    "List the warehouses that have an item",
                    "From the memory of every shard.",
                    ITEM_ID),
            (state, call) -> state.stockOf(call.tenant(), call.get(ITEM_ID)),
            STOCK_NOW,
            "ItemStock",
            "stock");

    static final Read<InventoryState> READ_RESERVATION = new Read.Lookup<>(
            Endpoint.of(
                    "read-stock-reservation",
                    "GET",
                    "/stock-reservations/{id}",
                    InventoryOperations.STOCK,
                    "Read a reservation",
                    "From the projection.",
                    InventoryOperations.RESERVATION),
            InventoryTables.RESERVATIONS,
            List.of(
                    new Read.Condition(
                            InventoryTables.RESERVATION_ID, call -> call.get(InventoryOperations.RESERVATION)),
                    new Read.Condition(InventoryTables.RESERVATION_TENANT, call -> call.tenant())),
            row -> !row.get(InventoryTables.RESERVATION_STATUS).equals(AllocationStage.RESERVED.text()),
            RESERVATION,
            unknown(InventoryRefusal.RESERVATION_UNKNOWN, "reservation ", InventoryOperations.RESERVATION));

    static final Read<InventoryState> LIST_RESERVATIONS = new Read.Listing<>(
            Endpoint.of(
                    "list-stock-reservations",
                    "GET",
                    "/warehouses/{id}/stock-reservations",
                    InventoryOperations.STOCK,
                    "List a warehouse's reservations",
                    "From the projection, newest first.",
                    WAREHOUSE),
            InventoryTables.RESERVATIONS,
            List.of(new Read.Condition(InventoryTables.RESERVATION_WAREHOUSE, call -> call.get(WAREHOUSE))),
            InventoryTables.RESERVATION_NUMBER,
            WAREHOUSE,
            (state, call) -> newest(state, call.tenant(), call.get(WAREHOUSE)),
            RESERVATION,
            "StockReservations",
            "reservations",
            unknown(InventoryRefusal.WAREHOUSE_UNKNOWN, "warehouse ", WAREHOUSE));

    static final Read<InventoryState> LIST_MOVEMENTS = new Read.Listing<>(
            Endpoint.of(
                    "list-stock-movements",
                    "GET",
                    "/warehouses/{id}/movements",
                    InventoryOperations.STOCK,
                    "List what became of a warehouse's stock",
                    "From the projection, newest first.",
                    WAREHOUSE),
            InventoryTables.MOVEMENTS,
            List.of(new Read.Condition(InventoryTables.MOVEMENT_WAREHOUSE, call -> call.get(WAREHOUSE))),
            InventoryTables.MOVEMENT_NUMBER,
            WAREHOUSE,
            (state, call) -> newest(state, call.tenant(), call.get(WAREHOUSE)),
            MOVEMENT,
            "StockMovements",
            "movements",
            unknown(InventoryRefusal.WAREHOUSE_UNKNOWN, "warehouse ", WAREHOUSE));

    static final Read<InventoryState> READ_MOVE = new Read.Lookup<>(
            Endpoint.of(
                    "read-stock-move",
                    "GET",
                    "/stock-moves/{id}",
                    InventoryOperations.STOCK,
                    "Read what became of a move",
                    "From the projection: what it did to the warehouse that the pieces left, or came back to.",
                    MOVE_ID),
            InventoryTables.MOVES,
            List.of(
                    new Read.Condition(InventoryTables.MOVE_ID, call -> call.get(MOVE_ID)),
                    new Read.Condition(InventoryTables.MOVE_TENANT, call -> call.tenant())),
            row -> !row.get(InventoryTables.MOVE_STATUS).equals(AllocationStage.SENDING.text()),
            Document.<Row>named("StockMove", "A move.")
                    .uuid("id", row -> row.get(InventoryTables.MOVE_ID), "", InventoryExamples.MOVE)
                    .text(
                            "status",
                            row -> row.get(InventoryTables.MOVE_STATUS),
                            "moved, sending, delivered or returned.",
                            "moved")
                    .uuid("from", row -> row.get(InventoryTables.MOVE_FROM), "", InventoryExamples.WAREHOUSE)
                    .uuid("to", row -> row.get(InventoryTables.MOVE_TO), "", InventoryExamples.OTHER)
                    .uuid("item", row -> row.get(InventoryTables.MOVE_ITEM), "", InventoryExamples.ITEM)
                    .whole("quantity", row -> row.get(InventoryTables.MOVE_QUANTITY), "", InventoryExamples.QUANTITY)
                    .place(row -> row.get(InventoryTables.MOVES.shard()), row -> row.get(InventoryTables.MOVE_OFFSET))
                    .time("movedAt", row -> row.get(InventoryTables.MOVES.createdAt()), "")
                    .build(),
            unknown(InventoryRefusal.MOVE_UNKNOWN, "move ", MOVE_ID));

    static final Read<InventoryState> READ_ORDER = new Read.Lookup<>(
            Endpoint.of(
                    "read-order",
                    "GET",
                    "/orders/{id}",
                    InventoryOperations.ORDERS,
                    "Read an order",
                    "From the projection.",
                    ORDER_ID),
            InventoryTables.ORDERS,
            List.of(
                    new Read.Condition(InventoryTables.ORDER_ID, call -> call.get(ORDER_ID)),
                    new Read.Condition(InventoryTables.ORDER_TENANT, call -> call.tenant())),
            row -> !row.get(InventoryTables.ORDER_STATUS).equals(AllocationStage.PLACING.text()),
            ORDER,
            unknown(InventoryRefusal.ORDER_UNKNOWN, "order ", ORDER_ID));

    private InventoryQueries() {}

    /** At least as high as the newest row's: what is waited for besides is what the shard has done. */
    private static OptionalLong newest(InventoryState state, String tenant, UUID warehouse) {
        return state.warehouse(tenant, warehouse)
                .map(view -> OptionalLong.of(view.version() == 1 ? 0 : view.version()))
                .orElseGet(OptionalLong::empty);
    }

    private static Read.Unknown unknown(InventoryRefusal refusal, String what, Field<UUID> id) {
        return new Read.Unknown(refusal.declared(), call -> what + call.get(id));
    }
}
