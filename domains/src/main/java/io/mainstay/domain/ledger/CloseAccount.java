package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Close an account for ever: with a balance of zero, and nothing reserved or expected.
 */
public record CloseAccount(String tenant, UUID id) implements AccountCommand {
    public CloseAccount {
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
