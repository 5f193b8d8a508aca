package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/** Pieces have left for a warehouse of another shard. */
public record StockSent(Allocation allocation, UUID to, List<StockEntry> entries) implements AllocationOpening {
    public StockSent {
        entries = List.copyOf(entries);
    }

    @Override
    public Flow flow() {
        return Flow.SENT;
    }
}
