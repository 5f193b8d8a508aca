package io.mainstay.core.deadletters;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Which dead letters are wanted.
 *
 * @param target those of this one; empty for all
 * @param shard those of this one; empty for all
 * @param state those in this one; empty for all that are open
 * @param limit how many at most, from 1 to {@link #LIMIT_MAX}
 * @param after the last one of the page before; empty for the first page
 */
public record DeadLetterQuery(
        Optional<String> target, OptionalInt shard, Optional<DeadLetter.State> state, int limit, Optional<UUID> after) {
    public static final int LIMIT_MAX = 1000;

    public DeadLetterQuery {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit is " + limit + ", 1 to " + LIMIT_MAX + " wanted");
        }
    }
}
