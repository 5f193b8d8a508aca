package io.mainstay.domain.ledger;

import java.util.UUID;

/** Another shard's reservation was cancelled or has expired: an account does not expect it any more. */
public record ReleaseExpected(String tenant, UUID id) implements LegCommand {}
