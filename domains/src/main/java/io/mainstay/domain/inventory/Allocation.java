package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/**
 * Stock that is spoken for.
 *
 * @param stage the one in which it was opened: reserved, placing or sending
 * @param expiresMicros of a reservation, since the epoch; else 0
 */
public record Allocation(
        String tenant, UUID id, AllocationStage stage, UUID warehouse, List<Line> lines, long expiresMicros) {
    public Allocation {
        lines = List.copyOf(lines);
    }
}
