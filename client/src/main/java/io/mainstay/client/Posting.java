package io.mainstay.client;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transfer with what it did to each of its accounts.
 *
 * @param reverses the transfer that it takes back; null if none
 * @param at when it was posted
 */
public record Posting(
        UUID id,
        String status,
        @Nullable UUID reverses,
        String reference,
        List<Line> lines,
        Position position,
        Instant at) {
    public Posting {
        lines = List.copyOf(lines);
    }

    /**
     * One account's part.
     *
     * @param after null if the account lives on another shard than the one that answered
     */
    public record Line(Leg leg, Transfer.@Nullable After after) {}
}
