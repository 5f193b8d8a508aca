package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** An account was given an amount of what it expected, which another shard has taken. */
public record ExpectedGiven(String tenant, UUID id, long amountMinor, List<Entry> entries) implements EntriesEvent {
    public ExpectedGiven {
        entries = List.copyOf(entries);
    }
}
