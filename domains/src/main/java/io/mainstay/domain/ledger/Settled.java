package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/**
 * What was taken out or held is final.
 *
 * @param stage that the transfer has reached
 */
public record Settled(String tenant, UUID id, TransferStage stage, List<Entry> entries) implements EntriesEvent {
    public Settled {
        entries = List.copyOf(entries);
    }
}
