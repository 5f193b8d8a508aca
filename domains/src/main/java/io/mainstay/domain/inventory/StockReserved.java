package io.mainstay.domain.inventory;

import java.util.List;

/** A reservation holds. */
public record StockReserved(Allocation allocation, List<StockEntry> entries) implements AllocationOpening {
    public StockReserved {
        entries = List.copyOf(entries);
    }

    @Override
    public Flow flow() {
        return Flow.NONE;
    }
}
