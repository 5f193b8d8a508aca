package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** A fact about a transfer, with its entries in accounts of this shard: at most one an account. */
public sealed interface EntriesEvent extends LedgerEvent
        permits EntriesPosted,
                TransferReserved,
                TransferConfirmed,
                TransferCancelled,
                TransferExpired,
                TakenOut,
                EntriesPutIn,
                Settled,
                Returned,
                AmountHeld,
                HeldTaken,
                AmountExpected,
                ExpectedGiven,
                ExpectedReleased {
    String tenant();

    /** Of the transfer. */
    UUID id();

    List<Entry> entries();

    @Override
    default boolean changes(UUID aggregate) {
        return aggregate.equals(id())
                || entries().stream().anyMatch(entry -> entry.account().equals(aggregate));
    }
}
