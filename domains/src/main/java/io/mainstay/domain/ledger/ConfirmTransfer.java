package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.UUID;

/**
 * Make a reserved transfer happen, all of it or a part; the rest is released.
 *
 * @param amountMinor at most what is reserved; {@link #ALL} for all of it
 */
public record ConfirmTransfer(String tenant, UUID id, long amountMinor) implements TransferCommand {
    public static final long ALL = 0;

    public ConfirmTransfer {
        Checks.tenant(tenant);
        if (amountMinor < 0) {
            throw new IllegalArgumentException("amountMinor is " + amountMinor + ", at least 0 wanted");
        }
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
