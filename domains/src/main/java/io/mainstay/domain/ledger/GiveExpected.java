package io.mainstay.domain.ledger;

import java.util.UUID;

/** Give an account an amount of what it expects; the rest is not expected any more. */
public record GiveExpected(String tenant, UUID id, long amountMinor) implements LegCommand {}
