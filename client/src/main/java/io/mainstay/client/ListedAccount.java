package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as the database shows it, which may be behind {@link Account}.
 *
 * @param status open, frozen or closed
 * @param minBalanceMinor lowest balance that a transfer may leave; null for no limit
 * @param maxBalanceMinor highest balance that a transfer may leave; null for no limit
 * @param reference free text for people; empty if there is none
 * @param owner a party; null if there is none
 * @param version 1 when opened, and one more for each change
 * @param shard that it lives on
 */
public record ListedAccount(
        UUID id,
        String ledger,
        String asset,
        String status,
        @Nullable Long minBalanceMinor,
        @Nullable Long maxBalanceMinor,
        long balanceMinor,
        long reservedMinor,
        long expectedMinor,
        String reference,
        @Nullable UUID owner,
        long version,
        int shard,
        Instant openedAt) {}
