package io.mainstay.projector;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: twice as long each time up to a limit, and at random between half and all
 * of it, so that shards do not ask in step.
 *
 * @param random yields numbers from 0 up to but not including 1
 */
record Backoff(Duration first, Duration limit, DoubleSupplier random) {
    private static final int DOUBLINGS_MAX = 20;

    /** The wait after so many failed attempts, the first being number 1. */
    Duration after(int attempts) {
        long factor = 1L << Math.min(attempts - 1, DOUBLINGS_MAX);
        long nanos = Math.min(limit.toNanos(), first.toNanos() * factor);
        long half = nanos / 2;
        return Duration.ofNanos(half + (long) (half * random.getAsDouble()));
    }
}
