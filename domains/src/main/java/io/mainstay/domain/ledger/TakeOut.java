package io.mainstay.domain.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Take what a transfer's legs on this shard take, and expect what they give, until the transfer settles or returns.
 *
 * @param elsewhere the other legs; empty if the transfer's home is another shard
 * @param reverses the transfer, of this home, that it takes back
 */
public record TakeOut(
        String tenant, UUID id, List<Leg> legs, List<FarLeg> elsewhere, Optional<UUID> reverses, String reference)
        implements LegCommand {
    public TakeOut {
        legs = List.copyOf(legs);
        elsewhere = List.copyOf(elsewhere);
    }
}
