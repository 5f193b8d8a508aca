package io.mainstay.domain.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** This shard has done its part of a transfer as far as it can be taken back. The fields are those of {@link TakeOut}. */
public record TakenOut(
        String tenant, UUID id, List<FarLeg> elsewhere, Optional<UUID> reverses, String reference, List<Entry> entries)
        implements EntriesEvent {
    public TakenOut {
        entries = List.copyOf(entries);
        elsewhere = List.copyOf(elsewhere);
    }
}
