package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** An amount of what is reserved was taken for an account of another shard, which is being given it. */
public record HeldTaken(String tenant, UUID id, long amountMinor, List<Entry> entries) implements EntriesEvent {
    public HeldTaken {
        entries = List.copyOf(entries);
    }
}
