package io.mainstay.domain.ledger;

import java.util.UUID;

/** An account exists, with a balance of zero and version 1. The fields are those of {@link OpenAccount}. */
public record AccountOpened(UUID id, String ledger, String asset, long minBalanceMinor) implements LedgerEvent {
    @Override
    public UUID created() {
        return id;
    }
}
