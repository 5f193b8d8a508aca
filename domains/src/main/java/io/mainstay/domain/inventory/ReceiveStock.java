package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Put pieces into a warehouse that come from outside.
 *
 * @param reference free text for people, up to 140 characters
 */
public record ReceiveStock(String tenant, UUID warehouse, Line line, String reference) implements InventoryCommand {
    public static final int REFERENCE_LENGTH_MAX = 140;

    public ReceiveStock {
        Checks.tenant(tenant);
        Checks.text("reference", reference, 0, REFERENCE_LENGTH_MAX);
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(warehouse));
    }
}
