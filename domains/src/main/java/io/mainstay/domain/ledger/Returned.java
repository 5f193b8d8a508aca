package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/**
 * What was taken out or held came back.
 *
 * @param stage that the transfer was at before; one that was {@link TransferStage#CONFIRMING} is reserved again, any other one is
 *     as if it had never been
 */
public record Returned(String tenant, UUID id, TransferStage stage, List<Entry> entries) implements EntriesEvent {
    public Returned {
        entries = List.copyOf(entries);
    }
}
