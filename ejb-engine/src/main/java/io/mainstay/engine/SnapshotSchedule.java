package io.mainstay.engine;

import java.time.Duration;

/**
 * When a shard's next snapshot is due: after so much time, or after so many commands, whichever comes first, but only if
 * there is anything new.
 */
public record SnapshotSchedule(Duration interval, long commandsMax) {
    boolean isDue(long commandsSince, Duration since) {
        return commandsSince >= commandsMax || (commandsSince > 0 && since.compareTo(interval) >= 0);
    }
}
