package io.mainstay.domain.inventory;

import java.util.UUID;

/** An item exists, with version 1. */
public record ItemAdded(String tenant, UUID id, String sku) implements InventoryEvent {
    @Override
    public UUID created() {
        return id;
    }
}
