package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Speak for pieces of a warehouse, all lines or none, until they are confirmed or cancelled, or the time is over.
 *
 * @param lines 1 to 64, each about another item
 * @param expiryMicros how long the reservation holds, 1 ms to 366 days
 */
public record ReserveStock(String tenant, UUID id, UUID warehouse, List<Line> lines, long expiryMicros)
        implements InventoryCommand {
    public static final long EXPIRY_MICROS_MIN = 1000;
    public static final long EXPIRY_MICROS_MAX = 366L * 24 * 60 * 60 * 1_000_000;

    public ReserveStock {
        Checks.tenant(tenant);
        lines = List.copyOf(lines);
        Lines.checkCount(lines.size());
        Checks.range("expiryMicros", expiryMicros, EXPIRY_MICROS_MIN, EXPIRY_MICROS_MAX);
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(warehouse));
    }
}
