package io.mainstay.domain.inventory;

import java.util.UUID;

/** Stock is spoken for from now on. */
public sealed interface AllocationOpening extends StockEvent permits StockReserved, OrderPlaced, StockSent {
    Allocation allocation();

    @Override
    default String tenant() {
        return allocation().tenant();
    }

    @Override
    default boolean changes(UUID aggregate) {
        return allocation().id().equals(aggregate) || allocation().warehouse().equals(aggregate);
    }
}
