package io.mainstay.domain.ledger;

import java.util.UUID;

/** An amount has moved; balances and versions are those after it. */
public record TransferPosted(
        UUID id,
        UUID from,
        UUID to,
        String asset,
        long amountMinor,
        String reference,
        long fromBalanceMinor,
        long fromVersion,
        long toBalanceMinor,
        long toVersion)
        implements LedgerEvent {
    @Override
    public boolean changes(UUID aggregate) {
        return aggregate.equals(from) || aggregate.equals(to);
    }
}
