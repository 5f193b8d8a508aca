package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** An account does not expect any more what another shard had reserved. */
public record ExpectedReleased(String tenant, UUID id, List<Entry> entries) implements EntriesEvent {
    public ExpectedReleased {
        entries = List.copyOf(entries);
    }
}
