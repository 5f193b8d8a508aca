package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/** Move pieces from one warehouse to another: at once within a shard, else by a saga. */
public record MoveStock(String tenant, UUID id, UUID from, UUID to, Line line) implements InventoryCommand {
    public MoveStock {
        Checks.tenant(tenant);
    }

    @Override
    public Route route() {
        return new Route.Spanning(List.of(from, to));
    }
}
