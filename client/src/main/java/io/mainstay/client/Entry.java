package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One account's side of a transfer.
 *
 * @param counterparty null if there are several, or only another shard knows it
 * @param amountMinor above zero if the account received, below if it gave
 * @param balanceMinor of the account after the transfer
 * @param version of the account after the transfer
 */
public record Entry(
        String id,
        UUID transferId,
        @Nullable UUID counterparty,
        long amountMinor,
        long balanceMinor,
        long version,
        String reference,
        Position position,
        Instant postedAt) {}
