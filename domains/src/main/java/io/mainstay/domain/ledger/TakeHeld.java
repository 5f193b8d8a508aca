package io.mainstay.domain.ledger;

import java.util.UUID;

/** Take an amount of what is reserved here for an account of another shard, which has to be given it yet. */
public record TakeHeld(String tenant, UUID id, long amountMinor) implements LegCommand {}
