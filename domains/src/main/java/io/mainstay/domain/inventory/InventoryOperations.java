package io.mainstay.domain.inventory;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Fact;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Refusal;
import io.mainstay.core.access.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What callers may do with the inventory. */
final class InventoryOperations {
    static final String WAREHOUSES = "Warehouses";
    static final String ITEMS = "Items";
    static final String STOCK = "Stock";
    static final String ORDERS = "Orders";

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long EXPIRY_SECONDS_DEFAULT = 900;

    private static final String MADE_UP = "Made from the idempotency key if absent.";

    static final Field<UUID> WAREHOUSE =
            Field.required("id", FieldType.uuid(), "The warehouse's id.", InventoryExamples.WAREHOUSE);
    static final Field<UUID> RESERVATION =
            Field.required("id", FieldType.uuid(), "The reservation's id.", InventoryExamples.RESERVATION);

    private static final Field<UUID> NEW_WAREHOUSE =
            Field.free("id", FieldType.uuid(), MADE_UP, InventoryExamples.WAREHOUSE);
    private static final Field<String> SITE = Field.optional(
            "site",
            FieldType.text(1, AddWarehouse.SITE_LENGTH_MAX),
            "main",
            "Warehouses of one site share a shard, also with the accounts of a ledger of this name.",
            InventoryExamples.SITE);
    private static final Field<String> NAME = Field.optional(
            "name", FieldType.text(0, AddWarehouse.NAME_LENGTH_MAX), "", "Text for people.", "Vienna north");
    private static final Field<UUID> SUPPLIER = Field.required(
            "supplier", FieldType.uuid(), "Another warehouse of the same site.", InventoryExamples.OTHER);
    private static final Field<Long> LEAD_MINUTES = Field.required(
            "leadMinutes",
            FieldType.whole(0, LinkWarehouses.LEAD_MINUTES_MAX),
            "From the supplier's ramp to the warehouse's.",
            90L);
    private static final Field<UUID> NEW_ITEM = Field.free("id", FieldType.uuid(), MADE_UP, InventoryExamples.ITEM);
    private static final Field<String> SKU = Field.required(
            "sku", FieldType.text(1, AddItem.SKU_LENGTH_MAX), "What people call it.", InventoryExamples.SKU);
    private static final Field<UUID> ITEM =
            Field.required("item", FieldType.uuid(), "The item's id.", InventoryExamples.ITEM);
    private static final Field<Long> QUANTITY =
            Field.required("quantity", FieldType.whole(1, Line.QUANTITY_MAX), "Pieces.", InventoryExamples.QUANTITY);
    private static final Field<String> REFERENCE = Field.optional(
            "reference",
            FieldType.text(0, ReceiveStock.REFERENCE_LENGTH_MAX),
            "",
            "Text for people.",
            "Delivery note 17");
    private static final Field<Long> CHANGE = Field.required(
            "change",
            FieldType.whole(-Line.QUANTITY_MAX, Line.QUANTITY_MAX),
            "Pieces that were found, or, negative, are missing; not 0.",
            -2L);
    private static final Field<String> REASON = Field.required(
            "reason", FieldType.text(1, AdjustStock.REASON_LENGTH_MAX), "Text for people.", "Stocktaking 2026");
    private static final Field<UUID> NEW_MOVE = Field.free("id", FieldType.uuid(), MADE_UP, InventoryExamples.MOVE);
    private static final Field<UUID> FROM =
            Field.required("from", FieldType.uuid(), "The warehouse that gives.", InventoryExamples.WAREHOUSE);
    private static final Field<UUID> TO =
            Field.required("to", FieldType.uuid(), "Another warehouse than from.", InventoryExamples.OTHER);
    private static final Field<UUID> NEW_RESERVATION =
            Field.free("id", FieldType.uuid(), MADE_UP, InventoryExamples.RESERVATION);
    private static final Field<UUID> AT =
            Field.required("warehouse", FieldType.uuid(), "Where the pieces lie.", InventoryExamples.WAREHOUSE);
    private static final Field<List<Values>> LINES = Field.required(
            "lines",
            FieldType.parts(1, Line.COUNT_MAX, ITEM, QUANTITY),
            "What is reserved, all of it or nothing; each line another item.",
            List.of(Map.of("item", InventoryExamples.ITEM.toString(), "quantity", InventoryExamples.QUANTITY)));
    private static final Field<Long> EXPIRY_SECONDS = Field.optional(
            "expirySeconds",
            FieldType.whole(1, ReserveStock.EXPIRY_MICROS_MAX / MICROS_PER_SECOND),
            EXPIRY_SECONDS_DEFAULT,
            "How long the reservation holds.",
            EXPIRY_SECONDS_DEFAULT);
    private static final Field<UUID> NEW_ORDER = Field.free("id", FieldType.uuid(), MADE_UP, InventoryExamples.ORDER);
    private static final Field<UUID> PAYMENT = Field.free(
            "payment",
            FieldType.uuid(),
            "Id of the transfer that pays, another one than the order's; made from the order's if absent.",
            InventoryExamples.PAYMENT);
    private static final Field<UUID> CUSTOMER =
            Field.required("customer", FieldType.uuid(), "The account that pays.", InventoryExamples.CUSTOMER);
    private static final Field<UUID> SHOP =
            Field.required("shop", FieldType.uuid(), "The account that is paid.", InventoryExamples.SHOP);
    private static final Field<String> ASSET = Field.required(
            "asset",
            FieldType.text(Pattern.compile("[A-Z0-9]{3,12}"), "has to be 3 to 12 capital letters or digits"),
            "What both accounts hold.",
            "EUR");
    private static final Field<Long> PRICE = Field.required(
            "unitPriceMinor",
            FieldType.whole(1, Long.MAX_VALUE),
            "What a piece costs, without fraction and exponent.",
            InventoryExamples.PRICE);
    private static final Field<List<Values>> ORDER_LINES = Field.required(
            "lines",
            FieldType.parts(1, Line.COUNT_MAX, ITEM, QUANTITY, PRICE),
            "What is bought, all of it or nothing; each line another item.",
            List.of(Map.of(
                    "item",
                    InventoryExamples.ITEM.toString(),
                    "quantity",
                    InventoryExamples.QUANTITY,
                    "unitPriceMinor",
                    InventoryExamples.PRICE)));

    private static final Document<StockEntry> ENTRY = Document.<StockEntry>named(
                    "StockEntry", "What became of an item's stock in a warehouse.")
            .uuid("warehouse", StockEntry::warehouse, "", InventoryExamples.WAREHOUSE)
            .uuid("item", StockEntry::item, "", InventoryExamples.ITEM)
            .whole("onHand", StockEntry::onHand, "Pieces that lie there.", 40)
            .whole("reserved", StockEntry::reserved, "Pieces of these that are spoken for.", 12)
            .whole("version", StockEntry::version, "Counts the changes of this stock from 1.", 3)
            .build();

    static final Operation<InventoryCommand> ADD_WAREHOUSE = Operation.<InventoryCommand>at(
                    Endpoint.of("add-warehouse", "POST", "/warehouses", WAREHOUSES, "Add a warehouse", "It is empty."))
            .body(NEW_WAREHOUSE, SITE, NAME)
            .making("warehouse", NEW_WAREHOUSE)
            .answers(Answer.created(
                    WarehouseAdded.class,
                    "The warehouse is there.",
                    Document.<Fact<WarehouseAdded>>named("WarehouseAdded", "The warehouse when it was added.")
                            .uuid("id", fact -> fact.event().id(), "", InventoryExamples.WAREHOUSE)
                            .text("site", fact -> fact.event().site(), "", InventoryExamples.SITE)
                            .text("name", fact -> fact.event().name(), "", "Vienna north")
                            .whole("version", Fact::version, "Counts the changes of the warehouse from 1.", 1)
                            .place(Fact::shard, Fact::offset)
                            .time("addedAt", Fact::time, "")
                            .build(),
                    added -> "/warehouses/" + added.id()))
            .gives(
                    (call, id) -> new AddWarehouse(call.tenant(), id, call.get(SITE), call.get(NAME)),
                    refusals(InventoryRefusal.WAREHOUSE_EXISTS));

    static final Operation<InventoryCommand> LINK_WAREHOUSES = Operation.<InventoryCommand>at(Endpoint.of(
                    "link-warehouses",
                    "POST",
                    "/warehouses/{id}/suppliers",
                    WAREHOUSES,
                    "Let a warehouse be supplied by another one",
                    "Both are of one site. Nobody supplies themselves, not even through others.",
                    WAREHOUSE))
            .body(SUPPLIER, LEAD_MINUTES)
            .versioned("the warehouse")
            .answers(Answer.done(
                    WarehousesLinked.class,
                    "The warehouse is supplied by the other one.",
                    Document.<Fact<WarehousesLinked>>named("WarehousesLinked", "A warehouse and its supplier.")
                            .uuid("warehouse", fact -> fact.event().warehouse(), "", InventoryExamples.WAREHOUSE)
                            .uuid("supplier", fact -> fact.event().supplier(), "", InventoryExamples.OTHER)
                            .whole("leadMinutes", fact -> fact.event().leadMinutes(), "", 90)
                            .whole("version", Fact::version, "Of the warehouse.", 2)
                            .place(Fact::shard, Fact::offset)
                            .time("linkedAt", Fact::time, "")
                            .build()))
            .gives(
                    (call, id) -> new LinkWarehouses(
                            call.tenant(), call.get(WAREHOUSE), call.get(SUPPLIER), call.get(LEAD_MINUTES)),
                    refusals(
                            InventoryRefusal.WAREHOUSE_UNKNOWN,
                            InventoryRefusal.SAME_WAREHOUSE,
                            InventoryRefusal.SUPPLIER_EXISTS,
                            InventoryRefusal.SUPPLIERS_TOO_MANY,
                            InventoryRefusal.SUPPLY_CYCLE));

    static final Operation<InventoryCommand> ADD_ITEM = Operation.<InventoryCommand>at(Endpoint.of(
                    "add-item",
                    "POST",
                    "/items",
                    ITEMS,
                    "Add an item",
                    "Every shard comes to know it, a moment after this is answered."))
            .body(NEW_ITEM, SKU)
            .making("item", NEW_ITEM)
            .answers(Answer.created(
                    ItemAdded.class,
                    "The item is there.",
                    Document.<Fact<ItemAdded>>named("ItemAdded", "The item when it was added.")
                            .uuid("id", fact -> fact.event().id(), "", InventoryExamples.ITEM)
                            .text("sku", fact -> fact.event().sku(), "", InventoryExamples.SKU)
                            .whole("version", Fact::version, "", 1)
                            .place(Fact::shard, Fact::offset)
                            .time("addedAt", Fact::time, "")
                            .build(),
                    added -> "/items/" + added.id() + "/stock"))
            .gives((call, id) -> new AddItem(call.tenant(), id, call.get(SKU)), refusals(InventoryRefusal.ITEM_EXISTS));

    static final Operation<InventoryCommand> RECEIVE_STOCK = Operation.<InventoryCommand>at(Endpoint.of(
                    "receive-stock",
                    "POST",
                    "/warehouses/{id}/receipts",
                    STOCK,
                    "Put pieces into a warehouse",
                    "They come from outside.",
                    WAREHOUSE))
            .body(ITEM, QUANTITY, REFERENCE)
            .versioned("the warehouse")
            .answers(Answer.done(
                    StockReceived.class,
                    "The pieces are there.",
                    changed("StockReceived", "Pieces have come from outside.")))
            .gives(
                    (call, id) -> new ReceiveStock(
                            call.tenant(),
                            call.get(WAREHOUSE),
                            new Line(call.get(ITEM), call.get(QUANTITY)),
                            call.get(REFERENCE)),
                    refusals(
                            InventoryRefusal.WAREHOUSE_UNKNOWN,
                            InventoryRefusal.ITEM_UNKNOWN,
                            InventoryRefusal.STOCK_OVERFLOW));

    static final Operation<InventoryCommand> ADJUST_STOCK = Operation.<InventoryCommand>at(Endpoint.of(
                    "adjust-stock",
                    "POST",
                    "/warehouses/{id}/adjustments",
                    STOCK,
                    "Bring the books to what was counted",
                    "Pieces that are spoken for cannot go missing: cancel the reservation first.",
                    WAREHOUSE))
            .body(ITEM, CHANGE, REASON)
            .rule(call -> call.get(CHANGE) != 0, CHANGE, "must not be 0")
            .versioned("the warehouse")
            .answers(Answer.done(
                    StockAdjusted.class,
                    "The books say what was counted.",
                    changed("StockAdjusted", "Pieces were found, or are missing.")))
            .gives(
                    (call, id) -> new AdjustStock(
                            call.tenant(), call.get(WAREHOUSE), call.get(ITEM), call.get(CHANGE), call.get(REASON)),
                    refusals(
                            InventoryRefusal.WAREHOUSE_UNKNOWN,
                            InventoryRefusal.ITEM_UNKNOWN,
                            InventoryRefusal.STOCK_INSUFFICIENT,
                            InventoryRefusal.STOCK_OVERFLOW));

    static final Operation<InventoryCommand> MOVE_STOCK = Operation.<InventoryCommand>at(Endpoint.of(
                    "move-stock",
                    "POST",
                    "/stock-moves",
                    STOCK,
                    "Move pieces to another warehouse",
                    "At once between warehouses of one shard; between shards they leave, arrive or come back."))
            .body(NEW_MOVE, FROM, TO, ITEM, QUANTITY)
            .rule(call -> !call.get(FROM).equals(call.get(TO)), TO, "has to name another warehouse than 'from'")
            .making("move", NEW_MOVE)
            .versioned("the warehouse `from`")
            .running(id -> "/stock-moves/" + id)
            .answers(Answer.done(
                    StockMoved.class,
                    "The pieces are in the other warehouse.",
                    moved("StockMoved", fact -> fact.event().id())))
            .answers(Answer.done(
                    StockSent.class,
                    "The pieces are in the other warehouse, on another shard.",
                    moved("StockSent", fact -> fact.event().allocation().id())))
            .gives(
                    (call, id) -> new MoveStock(
                            call.tenant(),
                            id,
                            call.get(FROM),
                            call.get(TO),
                            new Line(call.get(ITEM), call.get(QUANTITY))),
                    refusals(
                            InventoryRefusal.WAREHOUSE_UNKNOWN,
                            InventoryRefusal.SAME_WAREHOUSE,
                            InventoryRefusal.ITEM_UNKNOWN,
                            InventoryRefusal.MOVE_EXISTS,
                            InventoryRefusal.STOCK_INSUFFICIENT,
                            InventoryRefusal.STOCK_OVERFLOW,
                            InventoryRefusal.ALLOCATIONS_TOO_MANY));

    static final Operation<InventoryCommand> RESERVE_STOCK = Operation.<InventoryCommand>at(Endpoint.of(
                    "reserve-stock",
                    "POST",
                    "/stock-reservations",
                    STOCK,
                    "Speak for pieces",
                    "Until they are confirmed, cancelled, or the time is over."))
            .body(NEW_RESERVATION, AT, LINES, EXPIRY_SECONDS)
            .making("stock-reservation", NEW_RESERVATION)
            .versioned("the warehouse")
            .answers(Answer.created(
                    StockReserved.class,
                    "The pieces are spoken for.",
                    Document.<Fact<StockReserved>>named("StockReserved", "A reservation that holds.")
                            .uuid("id", fact -> fact.event().allocation().id(), "", InventoryExamples.RESERVATION)
                            .text("status", fact -> "reserved", "", "reserved")
                            .parts("entries", fact -> fact.event().entries(), "", ENTRY)
                            .whole("version", Fact::version, "Of the warehouse.", 4)
                            .place(Fact::shard, Fact::offset)
                            .time("reservedAt", Fact::time, "")
                            .build(),
                    reserved -> "/stock-reservations/" + reserved.allocation().id()))
            .gives(
                    (call, id) -> new ReserveStock(
                            call.tenant(),
                            id,
                            call.get(AT),
                            call.get(LINES).stream()
                                    .map(line -> new Line(line.get(ITEM), line.get(QUANTITY)))
                                    .toList(),
                            call.get(EXPIRY_SECONDS) * MICROS_PER_SECOND),
                    refusals(
                            InventoryRefusal.WAREHOUSE_UNKNOWN,
                            InventoryRefusal.ITEM_UNKNOWN,
                            InventoryRefusal.ITEM_REPEATED,
                            InventoryRefusal.RESERVATION_EXISTS,
                            InventoryRefusal.STOCK_INSUFFICIENT,
                            InventoryRefusal.ALLOCATIONS_TOO_MANY));

    static final Operation<InventoryCommand> CONFIRM = closing(
            "confirm-stock-reservation",
            "/stock-reservations/{id}/confirm",
            "Let the pieces leave",
            "What the reservation speaks for leaves its warehouse.",
            call -> new ConfirmReservation(call.tenant(), call.get(RESERVATION)));

    static final Operation<InventoryCommand> CANCEL = closing(
            "cancel-stock-reservation",
            "/stock-reservations/{id}/cancel",
            "Give the pieces back",
            "What the reservation speaks for is free again.",
            call -> new CancelReservation(call.tenant(), call.get(RESERVATION)));

    static final Operation<InventoryCommand> PLACE_ORDER = Operation.<InventoryCommand>at(Endpoint.of(
                    "place-order",
                    "POST",
                    "/orders",
                    ORDERS,
                    "Pay and take",
                    "The customer's account pays the shop's, and the pieces leave the warehouse: both or neither. At once"
                            + " if the warehouse's site and the accounts' ledger share a shard."))
            .body(NEW_ORDER, PAYMENT, AT, CUSTOMER, SHOP, ASSET, ORDER_LINES)
            .rule(
                    call -> !call.get(CUSTOMER).equals(call.get(SHOP)),
                    SHOP,
                    "has to name another account than 'customer'")
            .rule(
                    call -> call.find(PAYMENT) == null || !call.get(PAYMENT).equals(call.find(NEW_ORDER)),
                    PAYMENT,
                    "has to be another id than 'id'")
            .making("order", NEW_ORDER)
            .versioned("the warehouse")
            .running(id -> "/orders/" + id)
            .answers(Answer.created(
                    OrderPlaced.class,
                    "The order is paid, and its pieces have left.",
                    Document.<Fact<OrderPlaced>>named("OrderPlaced", "An order that is paid and shipped.")
                            .uuid("id", fact -> fact.event().order().id(), "", InventoryExamples.ORDER)
                            .uuid(
                                    "payment",
                                    fact -> fact.event().order().payment(),
                                    "Id of the transfer.",
                                    InventoryExamples.PAYMENT)
                            .uuid(
                                    "warehouse",
                                    fact -> fact.event().order().warehouse(),
                                    "",
                                    InventoryExamples.WAREHOUSE)
                            .text("asset", fact -> fact.event().order().asset(), "", "EUR")
                            .whole("amountMinor", fact -> fact.event().amountMinor(), "Paid in all.", 15_000)
                            .whole("version", Fact::version, "Of the warehouse.", 5)
                            .place(Fact::shard, Fact::offset)
                            .time("placedAt", Fact::time, "")
                            .build(),
                    placed -> "/orders/" + placed.order().id()))
            .gives(
                    (call, id) -> new PlaceOrder(
                            call.tenant(),
                            id,
                            payment(call, id),
                            call.get(AT),
                            call.get(CUSTOMER),
                            call.get(SHOP),
                            call.get(ASSET),
                            call.get(ORDER_LINES).stream()
                                    .map(line -> new OrderLine(line.get(ITEM), line.get(QUANTITY), line.get(PRICE)))
                                    .toList()),
                    refusals(
                            InventoryRefusal.WAREHOUSE_UNKNOWN,
                            InventoryRefusal.ITEM_UNKNOWN,
                            InventoryRefusal.ITEM_REPEATED,
                            InventoryRefusal.ORDER_EXISTS,
                            InventoryRefusal.ORDER_OVERFLOW,
                            InventoryRefusal.STOCK_INSUFFICIENT,
                            InventoryRefusal.ALLOCATIONS_TOO_MANY));

    private InventoryOperations() {}

    /** An id of its own for the transfer of an order: the same for the same order, and no other's. */
    private static UUID payment(Call call, UUID order) {
        UUID chosen = call.find(PAYMENT);
        return chosen == null
                ? UUID.nameUUIDFromBytes(("payment of order " + order).getBytes(StandardCharsets.UTF_8))
                : chosen;
    }

    private static Operation<InventoryCommand> closing(
            String name, String path, String summary, String description, Function<Call, InventoryCommand> command) {
        return Operation.<InventoryCommand>at(Endpoint.of(name, "POST", path, STOCK, summary, description, RESERVATION))
                .versioned("the reservation")
                .answers(Answer.done(
                        AllocationClosed.class,
                        description,
                        Document.<Fact<AllocationClosed>>named("StockReservationClosed", "What became of it.")
                                .uuid("id", fact -> fact.event().allocation().id(), "", InventoryExamples.RESERVATION)
                                .text("status", fact -> fact.event().stage().text(), "", "confirmed")
                                .parts("entries", fact -> fact.event().entries(), "", ENTRY)
                                .whole("version", Fact::version, "Of the reservation.", 2)
                                .place(Fact::shard, Fact::offset)
                                .time("closedAt", Fact::time, "")
                                .build()))
                .gives(
                        (call, id) -> command.apply(call),
                        refusals(
                                InventoryRefusal.RESERVATION_UNKNOWN,
                                InventoryRefusal.RESERVATION_CLOSED,
                                InventoryRefusal.RESERVATION_EXPIRED));
    }

    private static <E extends StockEvent> Document<Fact<E>> changed(String name, String description) {
        return Document.<Fact<E>>named(name, description)
                .parts("entries", fact -> fact.event().entries(), "", ENTRY)
                .whole("version", Fact::version, "Of the warehouse.", 4)
                .place(Fact::shard, Fact::offset)
                .time("changedAt", Fact::time, "")
                .build();
    }

    private static <E extends StockEvent> Document<Fact<E>> moved(String name, Function<Fact<E>, UUID> id) {
        return Document.<Fact<E>>named(name, "Pieces that have moved.")
                .uuid("id", id, "", InventoryExamples.MOVE)
                .parts("entries", fact -> fact.event().entries(), "Of the warehouses on this shard.", ENTRY)
                .whole("version", Fact::version, "Of the warehouse that gave.", 4)
                .place(Fact::shard, Fact::offset)
                .time("movedAt", Fact::time, "")
                .build();
    }

    private static Refusal[] refusals(InventoryRefusal... refusals) {
        return Arrays.stream(refusals).map(InventoryRefusal::declared).toArray(Refusal[]::new);
    }
}
