package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** A reserved transfer is cancelled; an account of another shard is told by a message. */
public record TransferCancelled(String tenant, UUID id, List<Entry> entries) implements EntriesEvent {
    public TransferCancelled {
        entries = List.copyOf(entries);
    }
}
