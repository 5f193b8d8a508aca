package io.mainstay.domain.ledger;

import java.util.UUID;

/**
 * Reserve an amount of an account here for one of another shard, which has to be asked yet.
 *
 * @param expiresMicros when the reservation ends, since the epoch
 */
public record HoldAmount(String tenant, UUID id, Leg from, FarLeg to, String reference, long expiresMicros)
        implements LegCommand {}
