package io.mainstay.engine;

import java.time.Duration;

/**
 * When a shard's next snapshot is due: after so much time, after so many commands, or when replaying what came since would
 * take too long; whichever comes first, but only if there is anything new.
 *
 * @param replayTarget how long a recovery may replay the log, at the rate that was measured last
 */
public record SnapshotSchedule(Duration interval, long commandsMax, Duration replayTarget) {
    private static final Duration REPLAY_TARGET_USUAL = Duration.ofSeconds(10);

    public SnapshotSchedule(Duration interval, long commandsMax) {
        this(interval, commandsMax, REPLAY_TARGET_USUAL);
    }

    /** {@code commandsPerSecond} that a replay of this shard does, 0 if it was not measured yet. */
    boolean isDue(long commandsSince, Duration since, double commandsPerSecond) {
        if (commandsSince <= 0) {
            return false;
        }
        boolean replayTakesTooLong =
                commandsPerSecond > 0 && commandsSince / commandsPerSecond >= replayTarget.toNanos() / 1e9;
        return commandsSince >= commandsMax || since.compareTo(interval) >= 0 || replayTakesTooLong;
    }
}
