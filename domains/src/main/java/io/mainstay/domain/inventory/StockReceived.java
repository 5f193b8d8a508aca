package io.mainstay.domain.inventory;

import java.util.List;

/** Pieces have come from outside. */
public record StockReceived(String tenant, String reference, StockEntry entry) implements StockEvent {
    @Override
    public List<StockEntry> entries() {
        return List.of(entry);
    }

    @Override
    public Flow flow() {
        return Flow.RECEIVED;
    }
}
