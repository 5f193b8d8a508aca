package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/**
 * Make a transfer that takes back another one, which can be done once. A reversal is a transfer: it can be reversed itself.
 *
 * @param id of the new transfer
 * @param original the transfer that is taken back; one that its shard has forgotten is unknown
 */
public record ReverseTransfer(String tenant, UUID id, UUID original) implements TransferCommand {
    public ReverseTransfer {
        Checks.tenant(tenant);
    }

    @Override
    public Route route() {
        return new Route.Unlisted(original);
    }

    @Override
    public UUID leading() {
        return original;
    }
}
