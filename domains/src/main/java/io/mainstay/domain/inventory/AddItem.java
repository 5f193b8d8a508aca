package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/**
 * Add an item; every shard comes to know it.
 *
 * @param sku what people call it, 1 to 64 characters
 */
public record AddItem(String tenant, UUID id, String sku) implements InventoryCommand {
    public static final int SKU_LENGTH_MAX = 64;

    public AddItem {
        Checks.tenant(tenant);
        Checks.text("sku", sku, 1, SKU_LENGTH_MAX);
    }

    @Override
    public Route route() {
        return new Route.Creating(id.toString(), id);
    }
}
