package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Let a warehouse be supplied by another one of its shard.
 *
 * @param leadMinutes from the supplier's ramp to the warehouse's, 0 to a year
 */
public record LinkWarehouses(String tenant, UUID warehouse, UUID supplier, long leadMinutes)
        implements InventoryCommand {
    public static final long LEAD_MINUTES_MAX = 365 * 24 * 60;

    /** Suppliers that one warehouse may have. */
    public static final int SUPPLIERS_MAX = 64;

    public LinkWarehouses {
        Checks.tenant(tenant);
        Checks.range("leadMinutes", leadMinutes, 0, LEAD_MINUTES_MAX);
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(warehouse, supplier));
    }
}
