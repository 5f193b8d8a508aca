package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/** Let what a reservation speaks for leave its warehouse. */
public record ConfirmReservation(String tenant, UUID id) implements InventoryCommand {
    public ConfirmReservation {
        Checks.tenant(tenant);
    }

    @Override
    public Route route() {
        return new Route.Unlisted(id);
    }
}
