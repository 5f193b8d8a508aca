package io.mainstay.domain.inventory;

import java.util.List;

/** Pieces were found, or are missing. */
public record StockAdjusted(String tenant, String reason, StockEntry entry) implements StockEvent {
    @Override
    public List<StockEntry> entries() {
        return List.of(entry);
    }

    @Override
    public Flow flow() {
        return Flow.ADJUSTED;
    }
}
