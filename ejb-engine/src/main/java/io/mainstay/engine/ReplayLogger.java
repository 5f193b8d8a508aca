package io.mainstay.engine;

import io.mainstay.core.replay.ReplayProgress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says every few seconds how far a replay has come, how fast it is and when it will end. Used by one thread. */
public final class ReplayLogger implements ReplayProgress {
    private static final long EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final String what;
    private final OptionalLong end;
    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final long startNanos;
    private long startOffset = -1;
    private long saidNanos;
    private long bytes;

    /**
     * A logger for one replay.
     *
     * @param what for people: {@code shard 3 recovers}
     * @param end the offset it will end at, about, if that is known
     * @param nanos the time, as {@link System#nanoTime} has it
     */
    public ReplayLogger(String what, OptionalLong end, LongSupplier nanos, Consumer<String> log) {
        this.what = what;
        this.end = end;
        this.nanos = nanos;
        this.log = log;
        this.startNanos = nanos.getAsLong();
        this.saidNanos = startNanos;
    }

    @Override
    public void reached(long offset, int frameBytes) {
        if (startOffset < 0) {
            startOffset = offset;
        }
        bytes += frameBytes;
        long nowNanos = nanos.getAsLong();
        if (nowNanos - saidNanos >= EVERY_NANOS) {
            saidNanos = nowNanos;
            log.accept(line(offset, (nowNanos - startNanos) / 1e9));
        }
    }

    private String line(long offset, double seconds) {
        double perSecond = (offset - startOffset) / seconds;
        String line = "%s: at offset %d after %.0f s, %.0f commands/s, %.1f MB/s"
                .formatted(what, offset, seconds, perSecond, bytes / 1e6 / seconds);
        if (end.isEmpty() || end.getAsLong() <= offset || perSecond == 0) {
            return line;
        }
        return line
                + "; about %d commands to go, expected to end in %.0f s"
                        .formatted(end.getAsLong() - offset, Math.ceil((end.getAsLong() - offset) / perSecond));
    }
}
