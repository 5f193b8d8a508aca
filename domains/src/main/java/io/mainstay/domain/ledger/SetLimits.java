package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Set how low and how high an account's balance may be.
 *
 * @param minBalanceMinor {@link OpenAccount#UNLIMITED} for none
 * @param maxBalanceMinor {@link OpenAccount#UNLIMITED_MAX} for none; at least the minimum
 */
public record SetLimits(String tenant, UUID id, long minBalanceMinor, long maxBalanceMinor) implements AccountCommand {
    public SetLimits {
        Checks.tenant(tenant);
        if (minBalanceMinor > maxBalanceMinor) {
            throw new IllegalArgumentException(
                    "minBalanceMinor " + minBalanceMinor + " is above maxBalanceMinor " + maxBalanceMinor);
        }
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(id));
    }

    @Override
    public UUID leading() {
        return id;
    }
}
