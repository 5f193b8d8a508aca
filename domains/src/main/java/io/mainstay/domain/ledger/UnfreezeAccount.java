package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * End what {@link FreezeAccount} began.
 */
public record UnfreezeAccount(String tenant, UUID id) implements AccountCommand {
    public UnfreezeAccount {
        Checks.tenant(tenant);
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
