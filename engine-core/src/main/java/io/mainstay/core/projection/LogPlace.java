package io.mainstay.core.projection;

import java.time.Instant;
import java.util.UUID;

/**
 * Where an event stands in the log, and when it became a fact.
 *
 * @param offset of the command that it came from
 * @param index among the command's events
 */
public record LogPlace(int shard, long offset, int index, Instant time) {
    private static final long OFFSET_BITS = 48;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    public LogPlace {
        if (shard < 0 || shard >= 1 << 12 || offset < 0 || offset >= 1L << OFFSET_BITS || index < 0) {
            throw new IllegalArgumentException("no place in a log: shard " + shard + ", offset " + offset);
        }
    }

    /**
     * An id for a row that this event makes: the same each time, no other's, and next to the id made before, so that
     * the index grows at its end. UUID version 8: 48 bits offset, 12 bits shard, then index and number.
     */
    public UUID id(int number) {
        return new UUID(offset << 16 | VERSION_8 | shard, VARIANT | (long) index << 8 | number);
    }
}
