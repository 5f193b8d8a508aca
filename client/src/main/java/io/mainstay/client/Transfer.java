package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transfer, with the position of its command in the log.
 *
 * @param status posted, reserved, in-flight, cancelled, expired or returned
 * @param from null, as {@code to}, {@code asset} and {@code amountMinor}, if it has more than two accounts
 * @param reference free text for people; empty if there is none
 * @param fromAfter known from the answer to the order; null when the transfer is read later
 * @param toAfter like {@code fromAfter}; also null if the account lives on another shard
 * @param reverses the transfer that it takes back; null if none
 * @param reversedBy the latest transfer that takes it back, whose status tells whether it did; null if none
 * @param expiresAt of a reservation; null of others
 * @param at when what the status says was done; of a transfer that is read later, when it was posted or reserved
 */
public record Transfer(
        UUID id,
        String status,
        @Nullable UUID from,
        @Nullable UUID to,
        @Nullable String asset,
        @Nullable Long amountMinor,
        String reference,
        @Nullable After fromAfter,
        @Nullable After toAfter,
        @Nullable UUID reverses,
        @Nullable UUID reversedBy,
        @Nullable Instant expiresAt,
        Position position,
        Instant at) {
    /** One side's account after the transfer. */
    public record After(long balanceMinor, long version) {}
}
