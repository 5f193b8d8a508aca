package io.mainstay.domain.inventory;

import io.mainstay.core.route.Route;
import java.util.UUID;

/** Know an item that another shard has added: its message to all. */
public record LearnItem(String tenant, UUID id, String sku) implements InventoryCommand {
    @Override
    public Route route() {
        return new Route.Unlisted(id);
    }
}
