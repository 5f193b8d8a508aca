package io.mainstay.domain.inventory;

import java.util.UUID;

/**
 * A warehouse is supplied by another one.
 *
 * @param version of the warehouse after it
 */
public record WarehousesLinked(String tenant, UUID warehouse, UUID supplier, long leadMinutes, long version)
        implements InventoryEvent {
    @Override
    public boolean changes(UUID aggregate) {
        return warehouse.equals(aggregate);
    }
}
