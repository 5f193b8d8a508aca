package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/**
 * What was spoken for has left, or is free again.
 *
 * @param allocation as it was opened
 * @param stage what has become of it
 */
public record AllocationClosed(Allocation allocation, AllocationStage stage, List<StockEntry> entries)
        implements StockEvent {
    public AllocationClosed {
        entries = List.copyOf(entries);
    }

    @Override
    public String tenant() {
        return allocation.tenant();
    }

    @Override
    public Flow flow() {
        return switch (stage) {
            case CONFIRMED, SHIPPED -> Flow.SHIPPED;
            case RETURNED -> Flow.SENT;
            default -> Flow.NONE;
        };
    }

    @Override
    public boolean changes(UUID aggregate) {
        return allocation.id().equals(aggregate) || StockEvent.super.changes(aggregate);
    }
}
