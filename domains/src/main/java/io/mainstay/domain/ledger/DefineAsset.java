package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Say in which units a tenant's accounts hold an asset. The scale never changes afterwards; a second definition is refused,
 * even of the same scale. The codes of ISO 4217 need none, and can only be given the scale that they have there.
 *
 * <p>Decided on one shard for each tenant, and told to the others: accounts that hold the asset are opened there a moment
 * later.
 *
 * @param code 3 to 12 capital letters or digits
 * @param scale digits behind the point, 0 to 18: at scale 2 a minor unit is a hundredth
 */
public record DefineAsset(String tenant, String code, int scale) implements AccountCommand {
    public static final int SCALE_MAX = 18;

    public DefineAsset {
        Checks.tenant(tenant);
        Fields.checkAsset(code);
        if (scale < 0 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale is " + scale + ", 0 to " + SCALE_MAX + " wanted");
        }
    }

    @Override
    public Route route() {
        return new Route.Creating("assets/" + tenant, leading());
    }

    /** Of the tenant's assets as a whole, so that they are defined one after the other. */
    @Override
    public UUID leading() {
        return UUID.nameUUIDFromBytes(("assets/" + tenant).getBytes(StandardCharsets.UTF_8));
    }
}
