package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Have nothing new taken from an account or given to it. What was reserved before is still confirmed or cancelled.
 *
 * @param reason for people, up to 140 characters
 */
public record FreezeAccount(String tenant, UUID id, String reason) implements AccountCommand {
    public FreezeAccount {
        Checks.tenant(tenant);
        Checks.text("reason", reason, 0, OpenAccount.REFERENCE_LENGTH_MAX);
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
