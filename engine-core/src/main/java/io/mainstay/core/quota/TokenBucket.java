package io.mainstay.core.quota;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets through so many a second on the average, and a burst at once. Safe for use by many threads, without a lock.
 *
 * <p>Hot: one number, the time at which the bucket will be full again, is looked at and moved on. A clock that goes back
 * keeps nobody out for longer than an empty bucket takes to fill.
 */
final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long tokenNanos;
    private final long fillNanos;
    private final AtomicLong fullAtNanos = new AtomicLong(Long.MIN_VALUE);

    /**
     * @param perSecond at least 1
     * @param burst at least 1
     */
    TokenBucket(int perSecond, int burst) {
        this.tokenNanos = Math.max(1, NANOS_PER_SECOND / perSecond);
        this.fillNanos = Math.multiplyExact(tokenNanos, burst);
    }

    /** Takes a token if there is one. */
    boolean take(long nowNanos) {
        while (true) {
            long before = fullAtNanos.get();
            long within = within(before, nowNanos);
            long after = within + tokenNanos;
            if (after - nowNanos > fillNanos) {
                // Of a clock that went back: the bucket is empty, and fills from now on.
                if (within < before) {
                    fullAtNanos.compareAndSet(before, within);
                }
                return false;
            }
            if (fullAtNanos.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** When there will be a token, if nobody takes it. */
    long waitNanos(long nowNanos) {
        return Math.max(0, within(fullAtNanos.get(), nowNanos) + tokenNanos - nowNanos - fillNanos);
    }

    /** True if it is as good as a new one. */
    boolean isFull(long nowNanos) {
        return fullAtNanos.get() <= nowNanos;
    }

    private long within(long fullAt, long nowNanos) {
        return Math.min(Math.max(fullAt, nowNanos), nowNanos + fillNanos);
    }
}
