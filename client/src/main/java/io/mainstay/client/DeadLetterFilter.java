package io.mainstay.client;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are wanted.
 *
 * @param target null for all
 * @param shard null for all
 * @param state parked, queued, resolved or discarded; null for all that are open
 */
public record DeadLetterFilter(
        @Nullable String target,
        @Nullable Integer shard,
        @Nullable String state) {
    /** All that are open. */
    public static final DeadLetterFilter OPEN = new DeadLetterFilter(null, null, null);
}
