package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/** Stock has changed, in quantity or in what is spoken for. */
public sealed interface StockEvent extends InventoryEvent
        permits StockReceived, StockAdjusted, StockMoved, StockArrived, AllocationOpening, AllocationClosed {
    /** Whose stock it is. */
    String tenant();

    List<StockEntry> entries();

    /** Where the pieces came from or went to. */
    Flow flow();

    @Override
    default boolean changes(UUID aggregate) {
        return entries().stream().anyMatch(entry -> entry.warehouse().equals(aggregate));
    }
}
