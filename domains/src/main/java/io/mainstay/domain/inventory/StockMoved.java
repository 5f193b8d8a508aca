package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/**
 * Pieces have moved between two warehouses of the shard.
 *
 * @param entries of the warehouse that gave, and of the one that got
 */
public record StockMoved(String tenant, UUID id, List<StockEntry> entries) implements StockEvent {
    public StockMoved {
        entries = List.copyOf(entries);
    }

    @Override
    public Flow flow() {
        return Flow.NONE;
    }

    @Override
    public boolean changes(UUID aggregate) {
        return id.equals(aggregate) || StockEvent.super.changes(aggregate);
    }
}
