package io.mainstay.domain.ledger;

/** A leg of a transfer whose account lives on another shard. */
public record FarLeg(int shard, Leg leg) {}
