package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** A reserved transfer has expired; an account of another shard is told by a message. */
public record TransferExpired(String tenant, UUID id, List<Entry> entries) implements EntriesEvent {
    public TransferExpired {
        entries = List.copyOf(entries);
    }
}
