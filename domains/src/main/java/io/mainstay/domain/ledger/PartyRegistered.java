package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Personal;
import java.util.UUID;

/** A party is known, with version 1. The fields are those of {@link RegisterParty}. */
public record PartyRegistered(
        String tenant,
        UUID id,
        String ledger,
        @Personal String name,
        @Personal String email) implements AccountEvent {
    @Override
    public UUID created() {
        return id;
    }

    @Override
    public String toString() {
        return "PartyRegistered[tenant=" + tenant + ", id=" + id + ", ledger=" + ledger + "]";
    }
}
