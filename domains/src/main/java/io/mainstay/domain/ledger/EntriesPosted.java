package io.mainstay.domain.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer between accounts of one shard is done.
 *
 * @param reverses the transfer that it takes back
 */
public record EntriesPosted(String tenant, UUID id, Optional<UUID> reverses, String reference, List<Entry> entries)
        implements EntriesEvent {
    public EntriesPosted {
        entries = List.copyOf(entries);
    }
}
