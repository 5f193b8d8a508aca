package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/**
 * A reserved transfer between accounts of one shard is done, over all or a part of what was reserved.
 */
public record TransferConfirmed(String tenant, UUID id, long amountMinor, List<Entry> entries) implements EntriesEvent {
    public TransferConfirmed {
        entries = List.copyOf(entries);
    }
}
