package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/** Give back what a reservation speaks for. */
public record CancelReservation(String tenant, UUID id) implements InventoryCommand {
    public CancelReservation {
        Checks.tenant(tenant);
    }

    @Override
    public Route route() {
        return new Route.Unlisted(id);
    }
}
