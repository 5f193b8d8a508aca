package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** An amount is reserved here for an account of another shard, which is being asked. The fields are those of {@link HoldAmount}. */
public record AmountHeld(
        String tenant, UUID id, Leg from, FarLeg to, String reference, long expiresMicros, List<Entry> entries)
        implements EntriesEvent {
    public AmountHeld {
        entries = List.copyOf(entries);
    }
}
