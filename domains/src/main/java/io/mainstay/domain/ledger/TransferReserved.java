package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/**
 * A transfer between accounts of one shard is reserved.
 *
 * @param expiresMicros when the reservation ends, since the epoch
 */
public record TransferReserved(
        String tenant,
        UUID id,
        UUID from,
        UUID to,
        String asset,
        long amountMinor,
        String reference,
        long expiresMicros,
        List<Entry> entries)
        implements EntriesEvent {
    public TransferReserved {
        entries = List.copyOf(entries);
    }
}
