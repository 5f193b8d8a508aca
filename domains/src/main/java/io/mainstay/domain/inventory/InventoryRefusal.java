package io.mainstay.domain.inventory;

import io.mainstay.core.access.Refusal;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Rejection.Kind;

/** All that the inventory refuses, each with a code that never changes. */
public enum InventoryRefusal {
    WAREHOUSE_UNKNOWN(
            Kind.UNKNOWN,
            "warehouse-unknown",
            "The tenant has no such warehouse.",
            "There is no warehouse " + InventoryExamples.WAREHOUSE + ".",
            "/warehouse"),
    WAREHOUSE_EXISTS(
            Kind.CONFLICT,
            "warehouse-exists",
            "A warehouse of this id exists already.",
            "Warehouse " + InventoryExamples.WAREHOUSE + " exists already.",
            "/id"),
    SAME_WAREHOUSE(
            Kind.INVALID,
            "same-warehouse",
            "A warehouse neither supplies itself nor moves stock to itself.",
            "Warehouse " + InventoryExamples.WAREHOUSE + " is on both sides.",
            "/to"),
    SUPPLIER_EXISTS(
            Kind.CONFLICT,
            "supplier-exists",
            "The warehouse is supplied by that one already.",
            "Warehouse " + InventoryExamples.OTHER + " supplies " + InventoryExamples.WAREHOUSE + " already.",
            "/supplier"),
    SUPPLIERS_TOO_MANY(
            Kind.REFUSED,
            "suppliers-too-many",
            "The warehouse has as many suppliers as it may.",
            "Warehouse " + InventoryExamples.WAREHOUSE + " has 64 suppliers already.",
            "/supplier"),
    SUPPLY_CYCLE(
            Kind.REFUSED,
            "supply-cycle",
            "The warehouse supplies its supplier, directly or through others.",
            "Warehouse " + InventoryExamples.WAREHOUSE + " supplies " + InventoryExamples.OTHER + ".",
            "/supplier"),
    SUPPLY_UNKNOWN(
            Kind.UNKNOWN,
            "supply-unknown",
            "There is no such warehouse or item, or no warehouse that supplies it has the item.",
            "There is no supply of item " + InventoryExamples.ITEM + ".",
            ""),
    ITEM_UNKNOWN(
            Kind.UNKNOWN,
            "item-unknown",
            "The tenant has no such item, or the shard has not heard of it yet.",
            "There is no item " + InventoryExamples.ITEM + ".",
            "/item"),
    ITEM_EXISTS(
            Kind.CONFLICT,
            "item-exists",
            "An item of this id exists already.",
            "Item " + InventoryExamples.ITEM + " exists already.",
            "/id"),
    ITEM_REPEATED(
            Kind.INVALID,
            "item-repeated",
            "An item occurs in more than one line.",
            "Item " + InventoryExamples.ITEM + " occurs twice.",
            "/lines/1/item"),
    STOCK_UNKNOWN(
            Kind.UNKNOWN,
            "stock-unknown",
            "There is no such warehouse, or no such item.",
            "There is no stock of item " + InventoryExamples.ITEM + ".",
            ""),
    STOCK_INSUFFICIENT(
            Kind.REFUSED,
            "stock-insufficient",
            "Fewer pieces are free than are wanted.",
            "Warehouse " + InventoryExamples.WAREHOUSE + " has 3 free pieces of item " + InventoryExamples.ITEM
                    + ", and 12 are wanted.",
            "/quantity"),
    STOCK_OVERFLOW(
            Kind.REFUSED,
            "stock-overflow",
            "More pieces would lie in a warehouse, or have come to it, than can be counted.",
            "Warehouse " + InventoryExamples.WAREHOUSE + " would have more than 9007199254740992 pieces.",
            "/quantity"),
    MOVE_EXISTS(
            Kind.CONFLICT,
            "move-exists",
            "A move of this id was made or is under way.",
            "Move " + InventoryExamples.MOVE + " exists already.",
            "/id"),
    MOVE_UNKNOWN(
            Kind.UNKNOWN,
            "move-unknown",
            "There is no such move, or the projection has not come to it in time; `detail` tells which.",
            "There is no move " + InventoryExamples.MOVE + ".",
            ""),
    RESERVATION_EXISTS(
            Kind.CONFLICT,
            "reservation-exists",
            "A reservation of this id was made already.",
            "Reservation " + InventoryExamples.RESERVATION + " exists already.",
            "/id"),
    RESERVATION_UNKNOWN(
            Kind.UNKNOWN,
            "reservation-unknown",
            "The tenant has no such reservation, or it was forgotten.",
            "There is no reservation " + InventoryExamples.RESERVATION + ".",
            ""),
    RESERVATION_CLOSED(
            Kind.REFUSED,
            "reservation-closed",
            "The reservation is confirmed or cancelled already.",
            "Reservation " + InventoryExamples.RESERVATION + " is confirmed.",
            ""),
    RESERVATION_EXPIRED(
            Kind.REFUSED,
            "reservation-expired",
            "The reservation has expired.",
            "Reservation " + InventoryExamples.RESERVATION + " has expired.",
            ""),
    ALLOCATIONS_TOO_MANY(
            Kind.REFUSED,
            "allocations-too-many",
            "The shard has as many open reservations, orders and moves as it may.",
            "The shard has 1000000 open reservations, orders and moves.",
            ""),
    ORDER_EXISTS(
            Kind.CONFLICT,
            "order-exists",
            "An order of this id was placed, is under way, or could not be paid.",
            "Order " + InventoryExamples.ORDER + " exists already.",
            "/id"),
    ORDER_UNKNOWN(
            Kind.UNKNOWN,
            "order-unknown",
            "There is no such order, or the projection has not come to it in time; `detail` tells which.",
            "There is no order " + InventoryExamples.ORDER + ".",
            ""),
    ORDER_OVERFLOW(
            Kind.INVALID,
            "order-overflow",
            "The order's amount would leave 64 bits.",
            "The lines cost 9223372036854775808 in all.",
            "/lines");

    private final Kind kind;
    private final String code;
    private final String meaning;
    private final String example;
    private final String pointer;

    InventoryRefusal(Kind kind, String code, String meaning, String example, String pointer) {
        this.kind = kind;
        this.code = code;
        this.meaning = meaning;
        this.example = example;
        this.pointer = pointer;
    }

    /** Stable and machine-readable. */
    public String code() {
        return code;
    }

    /** What callers are told about it beforehand. */
    Refusal declared() {
        return switch (kind) {
            case INVALID -> Refusal.invalid(code, meaning, example, pointer);
            case UNKNOWN -> Refusal.unknown(code, meaning, example, pointer);
            case CONFLICT -> Refusal.conflict(code, meaning, example, pointer);
            case REFUSED -> Refusal.refused(code, meaning, example, pointer);
        };
    }

    /**
     * A refusal for this reason.
     *
     * @param blamed JSON pointer to the field of the command that is to blame, or empty
     */
    Rejection because(String message, String blamed) {
        return new Rejection(kind, code, message, blamed);
    }

    Decision<InventoryEvent> reject(String message, String blamed) {
        return Decision.reject(because(message, blamed));
    }
}
