package io.mainstay.domain.ledger;

import java.util.UUID;

/** All shards have done their part: what was taken out or held becomes final. Never refused. */
public record Settle(String tenant, UUID id) implements LegCommand {}
