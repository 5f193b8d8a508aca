package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** This shard has done its part of another shard's transfer for good. */
public record EntriesPutIn(String tenant, UUID id, List<Entry> entries) implements EntriesEvent {
    public EntriesPutIn {
        entries = List.copyOf(entries);
    }
}
