package io.mainstay.core.gateway;

/**
 * Measures how fast a mailbox is emptied and how long its oldest submission has waited, without a mark on any submission.
 *
 * <p>Looked at by the shard's thread whenever it comes round; asked by any thread. The mailbox counts what was ever put
 * in and taken out. What was in it at one look has waited no longer than since the look before.
 */
public final class MailboxMeter {
    /** Bounds of the hint to callers whom a full mailbox has refused. */
    public static final int RETRY_MILLIS_MIN = 50;

    public static final int RETRY_MILLIS_MAX = 5000;

    private static final int RETRY_MILLIS_UNMEASURED = 1000;
    private static final long INTERVAL_NANOS = 10_000_000;
    private static final double NEWEST_WEIGHT = 0.3;

    private long probeIndex;
    private long probeNanos;
    private long intervalNanos;
    private long intervalTaken;
    private long lookedNanos;
    private long lookedTaken;
    private boolean lookedWaiting;
    private boolean looked;

    private volatile double takenPerNano = -1;
    private volatile long oldestSinceNanos;

    /**
     * Told by the shard's thread.
     *
     * @param nowNanos of a clock that never goes back
     * @param putCount submissions ever put in
     * @param takenCount submissions ever taken out
     */
    public void look(long nowNanos, long putCount, long takenCount) {
        if (looked) {
            measureRate(nowNanos, takenCount);
        }
        if (!looked || takenCount >= probeIndex) {
            oldestSinceNanos = looked ? probeNanos : nowNanos;
            probeIndex = putCount;
            probeNanos = nowNanos;
        }
        looked = true;
        lookedNanos = nowNanos;
        lookedTaken = takenCount;
        lookedWaiting = putCount > takenCount;
    }

    /** How long the oldest submission has waited, at most, if there is any. */
    public long oldestNanos(long nowNanos) {
        return Math.max(0, nowNanos - oldestSinceNanos);
    }

    /** When a mailbox of this depth will be empty at the present rate, within the bounds. */
    public int retryAfterMillis(int depth) {
        double rate = takenPerNano;
        if (rate < 0) {
            return RETRY_MILLIS_UNMEASURED;
        }
        double millis = depth / rate / 1_000_000;
        return (int) Math.max(RETRY_MILLIS_MIN, Math.min(RETRY_MILLIS_MAX, Math.ceil(millis)));
    }

    /** Time in which nothing waited does not count. */
    private void measureRate(long nowNanos, long takenCount) {
        if (lookedWaiting) {
            intervalNanos += nowNanos - lookedNanos;
            intervalTaken += takenCount - lookedTaken;
        }
        if (intervalNanos >= INTERVAL_NANOS) {
            double rate = (double) intervalTaken / intervalNanos;
            double before = takenPerNano;
            takenPerNano = before < 0 ? rate : before + NEWEST_WEIGHT * (rate - before);
            intervalNanos = 0;
            intervalTaken = 0;
        }
    }
}
