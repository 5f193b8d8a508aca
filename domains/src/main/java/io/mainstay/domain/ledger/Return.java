package io.mainstay.domain.ledger;

import java.util.UUID;

/** Some shard has refused its part: what was taken out or held comes back. Never refused. */
public record Return(String tenant, UUID id) implements LegCommand {}
