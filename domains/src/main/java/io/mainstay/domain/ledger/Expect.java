package io.mainstay.domain.ledger;

import java.util.UUID;

/** Have an account expect what another shard's reservation will bring. */
public record Expect(String tenant, UUID id, Leg to) implements LegCommand {}
