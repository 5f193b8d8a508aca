package io.mainstay.domain.ledger;

import java.util.UUID;

/** An amount has moved between accounts of one shard; balances and versions are those after it. */
public record TransferPosted(
        String tenant,
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

    /** Of the tenant of those who name none. */
    public TransferPosted(
            UUID id,
            UUID from,
            UUID to,
            String asset,
            long amountMinor,
            String reference,
            long fromBalanceMinor,
            long fromVersion,
            long toBalanceMinor,
            long toVersion) {
        this("", id, from, to, asset, amountMinor, reference, fromBalanceMinor, fromVersion, toBalanceMinor, toVersion);
    }
}
