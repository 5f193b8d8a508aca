package io.mainstay.domain.ledger;

import java.util.List;
import java.util.UUID;

/** Post a transfer's legs on this shard for good: the step after which all shards settle. */
public record PutIn(String tenant, UUID id, List<Leg> legs) implements LegCommand {
    public PutIn {
        legs = List.copyOf(legs);
    }
}
