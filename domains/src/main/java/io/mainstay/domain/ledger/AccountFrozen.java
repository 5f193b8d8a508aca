package io.mainstay.domain.ledger;

import java.util.UUID;

/** Nothing new is taken from the account or given to it. */
public record AccountFrozen(String tenant, UUID id, String reason, long version) implements AccountEvent {}
