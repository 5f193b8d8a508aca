package io.mainstay.domain.ledger;

import java.util.UUID;

/** The account is closed for ever. */
public record AccountClosed(String tenant, UUID id, long version) implements AccountEvent {}
