package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** An account expects what another shard's reservation will bring. */
public record AmountExpected(String tenant, UUID id, Leg to, List<Entry> entries) implements EntriesEvent {
    public AmountExpected {
        entries = List.copyOf(entries);
    }
}
