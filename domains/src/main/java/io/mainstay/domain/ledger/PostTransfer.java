package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Move an amount from one account to another, at once; if they live on different shards, by a saga.
 *
 * @param amountMinor in minor units of the accounts' asset, at least 1
 * @param reference free text for people, up to 140 characters; empty if there is none
 */
public record PostTransfer(String tenant, UUID id, UUID from, UUID to, long amountMinor, String reference)
        implements TransferCommand {
    public static final int REFERENCE_LENGTH_MAX = 140;

    public PostTransfer {
        Checks.tenant(tenant);
        Fields.checkAmount(amountMinor);
        Checks.text("reference", reference, 0, REFERENCE_LENGTH_MAX);
    }

    /** Of the tenant of those who name none. */
    public PostTransfer(UUID id, UUID from, UUID to, long amountMinor, String reference) {
        this("", id, from, to, amountMinor, reference);
    }

    @Override
    public Route route() {
        return new Route.Spanning(List.of(from, to));
    }

    @Override
    public UUID leading() {
        return from;
    }
}
