package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that was posted, with the position of its command in the log.
 *
 * @param fromAfter known from the answer to the order; null when the transfer is read later
 * @param toAfter like {@code fromAfter}; also null if the account lives on another shard
 */
public record Transfer(
        UUID id,
        String status,
        UUID from,
        UUID to,
        String asset,
        long amountMinor,
        String reference,
        @Nullable After fromAfter,
        @Nullable After toAfter,
        Position position,
        Instant postedAt) {
    /** One side's account after the transfer. */
    public record After(long balanceMinor, long version) {}
}
