package io.mainstay.domain.inventory;

import java.util.List;
import java.util.UUID;

/**
 * The fastest way by which a warehouse can get an item.
 *
 * @param stops from the warehouse that has it to the one that wants it
 * @param leadMinutes in all
 * @param available pieces that are free at the first stop
 */
public record SupplyPath(List<UUID> stops, long leadMinutes, long available) {
    public SupplyPath {
        stops = List.copyOf(stops);
    }
}
