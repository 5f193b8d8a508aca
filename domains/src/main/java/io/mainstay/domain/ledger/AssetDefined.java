package io.mainstay.domain.ledger;

/** A tenant's asset has a scale, for ever. Every shard has this event of its own. */
public record AssetDefined(String tenant, String code, int scale) implements AccountEvent {}
