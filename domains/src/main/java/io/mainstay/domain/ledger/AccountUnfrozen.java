package io.mainstay.domain.ledger;

import java.util.UUID;

/** The account may be used again. */
public record AccountUnfrozen(String tenant, UUID id, long version) implements AccountEvent {}
