package io.mainstay.domain.ledger;

import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Move an amount from one account to another, at once.
 *
 * @param amountMinor in minor units of the accounts' asset, at least 1
 * @param reference free text for people, up to 140 characters; empty if there is none
 */
public record PostTransfer(UUID id, UUID from, UUID to, long amountMinor, String reference) implements LedgerCommand {
    public static final int REFERENCE_LENGTH_MAX = 140;

    public PostTransfer {
        if (amountMinor < 1) {
            throw new IllegalArgumentException("amountMinor is " + amountMinor + ", at least 1 wanted");
        }
        if (reference.length() > REFERENCE_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "reference has " + reference.length() + " characters, at most 140 wanted");
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("from and to are the same account " + from);
        }
    }

    @Override
    public Route route() {
        return new Route.Existing(List.of(from, to));
    }

    @Override
    public UUID leading() {
        return from;
    }
}
