package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as it was at a position of its shard's log.
 *
 * @param minBalanceMinor lowest balance that a transfer may leave; null for no limit
 * @param version 1 when opened, and one more for each transfer
 */
public record Account(
        UUID id,
        String ledger,
        String asset,
        @Nullable Long minBalanceMinor,
        long balanceMinor,
        long version,
        Position position) {}
