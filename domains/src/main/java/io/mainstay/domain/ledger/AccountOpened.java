package io.mainstay.domain.ledger;

import java.util.Optional;
import java.util.UUID;

/** An account exists, with a balance of zero and version 1. The fields are those of {@link OpenAccount}. */
public record AccountOpened(
        String tenant,
        UUID id,
        String ledger,
        String asset,
        long minBalanceMinor,
        long maxBalanceMinor,
        String reference,
        Optional<UUID> owner)
        implements AccountEvent {
    /** Of the tenant of those who name none, with nothing but a lowest balance. */
    public AccountOpened(UUID id, String ledger, String asset, long minBalanceMinor) {
        this("", id, ledger, asset, minBalanceMinor, OpenAccount.UNLIMITED_MAX, "", Optional.empty());
    }

    @Override
    public UUID created() {
        return id;
    }
}
