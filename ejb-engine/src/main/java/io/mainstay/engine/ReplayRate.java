package io.mainstay.engine;

import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.wire.WireReader;
import java.util.function.Consumer;

/** A shard's retained log that measures how fast what reads it replays. Used by one thread. */
final class ReplayRate implements RetainedLog {
    /** Fewer commands say more about the start of a connection than about a replay. */
    private static final long COMMANDS_MIN = 10_000;

    private final RetainedLog log;
    private double commandsPerSecond;

    /** {@code commandsPerSecond} measured before, 0 if none; it stays if this log is too short to tell. */
    ReplayRate(RetainedLog log, double commandsPerSecond) {
        this.log = log;
        this.commandsPerSecond = commandsPerSecond;
    }

    double commandsPerSecond() {
        return commandsPerSecond;
    }

    @Override
    public void read(Consumer<byte[]> frames) {
        long startNanos = System.nanoTime();
        long[] commands = {0};
        log.read(frame -> {
            commands[0] += FrameHeader.read(new WireReader(frame)).count();
            frames.accept(frame);
        });
        if (commands[0] >= COMMANDS_MIN) {
            commandsPerSecond = commands[0] * 1e9 / Math.max(1, System.nanoTime() - startNanos);
        }
    }

    @Override
    public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
        return log.truncate(keepFromSequence, archive, sync);
    }
}
