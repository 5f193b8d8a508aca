package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/** Release a reserved transfer. */
public record CancelTransfer(String tenant, UUID id) implements TransferCommand {
    public CancelTransfer {
        Checks.tenant(tenant);
    }

    @Override
    public Route route() {
        return new Route.Unlisted(id);
    }

    @Override
    public UUID leading() {
        return id;
    }
}
