package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/** Pieces of a move have come from another shard. */
public record StockArrived(String tenant, UUID id, UUID from, StockEntry entry) implements StockEvent {
    @Override
    public List<StockEntry> entries() {
        return List.of(entry);
    }

    @Override
    public Flow flow() {
        return Flow.ARRIVED;
    }
}
