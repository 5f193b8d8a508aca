package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Personal;
import java.util.UUID;

/** A party has another name and e-mail; what they were before stands here for undoing. All four are personal data. */
public record PartyChanged(
        String tenant,
        UUID id,
        @Personal String nameBefore,
        @Personal String emailBefore,
        @Personal String name,
        @Personal String email,
        long version)
        implements AccountEvent {
    @Override
    public String toString() {
        return "PartyChanged[tenant=" + tenant + ", id=" + id + ", version=" + version + "]";
    }
}
