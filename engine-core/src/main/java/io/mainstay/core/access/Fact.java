package io.mainstay.core.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An event that a caller's command has become.
 *
 * @param offset of the command in its shard's log
 * @param version of the command's leading aggregate after it
 * @param timestampMicros when it was decided, in microseconds since the epoch
 */
public record Fact<E>(E event, int shard, long offset, long version, long timestampMicros) {
    public Instant time() {
        return Instant.EPOCH.plus(timestampMicros, ChronoUnit.MICROS);
    }
}
