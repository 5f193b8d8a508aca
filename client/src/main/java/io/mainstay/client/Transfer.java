package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;

/** A transfer that was posted, with the position of its command in the log. */
public record Transfer(
        UUID id,
        String status,
        UUID from,
        UUID to,
        String asset,
        long amountMinor,
        String reference,
        After fromAfter,
        After toAfter,
        Position position,
        Instant postedAt) {
    /** One side's account after the transfer. */
    public record After(long balanceMinor, long version) {}
}
