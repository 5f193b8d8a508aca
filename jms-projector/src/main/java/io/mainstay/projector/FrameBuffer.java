package io.mainstay.projector;

import io.mainstay.core.log.LogFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest frames of a shard, from the thread that the broker delivers on to the one that projects.
 *
 * <p>Never makes the broker wait: when it is full, what waits is dropped for what comes. The reader sees the gap, and reads
 * the log.
 */
final class FrameBuffer {
    private final BatchBounds bounds;
    private final ArrayDeque<LogFrame> waiting = new ArrayDeque<>();
    private long bytes;

    /** Holds so much, and one frame at least. */
    FrameBuffer(BatchBounds bounds) {
        this.bounds = bounds;
    }

    /** Takes a frame; returns how many were dropped for it. */
    synchronized int offer(LogFrame frame) {
        int dropped = 0;
        if (bounds.areReached(waiting.size(), bytes)) {
            dropped = waiting.size();
            waiting.clear();
            bytes = 0;
        }
        waiting.add(frame);
        bytes += frame.size();
        notifyAll();
        return dropped;
    }

    /** The oldest frames, as many as the bounds allow; none if none has come after so long. */
    synchronized List<LogFrame> take(BatchBounds batch, Duration patience) throws InterruptedException {
        long endNanos = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); waiting.isEmpty() && left > 0; left = millisUntil(endNanos)) {
            wait(left);
        }
        List<LogFrame> taken = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && !batch.areReached(taken.size(), size)) {
            LogFrame frame = waiting.remove();
            taken.add(frame);
            size += frame.size();
            bytes -= frame.size();
        }
        return taken;
    }

    private static long millisUntil(long endNanos) {
        return (endNanos - System.nanoTime()) / 1_000_000;
    }
}
