package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/**
 * Add an empty warehouse.
 *
 * @param site decides the shard, as the name of a ledger does; 1 to 64 characters
 * @param name free text for people, up to 140 characters
 */
public record AddWarehouse(String tenant, UUID id, String site, String name) implements InventoryCommand {
    public static final int SITE_LENGTH_MAX = 64;
    public static final int NAME_LENGTH_MAX = 140;

    public AddWarehouse {
        Checks.tenant(tenant);
        Checks.text("site", site, 1, SITE_LENGTH_MAX);
        Checks.text("name", name, 0, NAME_LENGTH_MAX);
    }

    @Override
    public Route route() {
        return new Route.Creating(tenant.isEmpty() ? site : tenant + "/" + site, id);
    }
}
