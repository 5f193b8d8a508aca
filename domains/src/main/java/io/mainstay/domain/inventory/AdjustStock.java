package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Bring the books to what was counted: pieces were found, or are missing.
 *
 * @param change pieces more, or fewer if negative; not 0
 * @param reason free text for people, 1 to 140 characters
 */
public record AdjustStock(String tenant, UUID warehouse, UUID item, long change, String reason)
        implements InventoryCommand {
    public static final int REASON_LENGTH_MAX = 140;

    public AdjustStock {
        Checks.tenant(tenant);
        Checks.range("change", change, -Line.QUANTITY_MAX, Line.QUANTITY_MAX);
        Checks.text("reason", reason, 1, REASON_LENGTH_MAX);
        if (change == 0) {
            throw new IllegalArgumentException("change is 0, another number wanted");
        }
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(warehouse));
    }
}
