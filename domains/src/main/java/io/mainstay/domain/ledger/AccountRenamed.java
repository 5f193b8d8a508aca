package io.mainstay.domain.ledger;

import java.util.UUID;

/** An account has another reference. */
public record AccountRenamed(String tenant, UUID id, String referenceBefore, String reference, long version)
        implements AccountEvent {}
