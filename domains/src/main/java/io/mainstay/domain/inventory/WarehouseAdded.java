package io.mainstay.domain.inventory;

import java.util.UUID;

/** A warehouse exists, with version 1. The fields are those of {@link AddWarehouse}. */
public record WarehouseAdded(String tenant, UUID id, String site, String name) implements InventoryEvent {
    @Override
    public UUID created() {
        return id;
    }
}
