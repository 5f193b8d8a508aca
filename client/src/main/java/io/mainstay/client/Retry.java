package io.mainstay.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a call is repeated while the server is away or overloaded, and how fast.
 *
 * @param total from the first attempt on; zero for one attempt only
 * @param pauseFirst bound of the pause after the first attempt; it doubles with each further one
 * @param pauseMax where the doubling ends
 */
public record Retry(Duration total, Duration pauseFirst, Duration pauseMax) {
    public static final Retry DEFAULT = new Retry(Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(2));
    public static final Retry NEVER = new Retry(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1));

    private static final int DOUBLINGS_MAX = 20;

    public Retry {
        if (total.isNegative() || pauseFirst.toNanos() < 1 || pauseMax.compareTo(pauseFirst) < 0) {
            throw new IllegalArgumentException("total " + total + ", pauses " + pauseFirst + " to " + pauseMax
                    + ": durations above zero wanted, the longest pause last");
        }
    }

    /** The pause after an attempt, from 1 on: between half and all of its bound, so that callers do not come in step. */
    Duration pauseAfter(int attempt, RandomGenerator random) {
        long bound = pauseFirst.toNanos() << Math.min(attempt - 1, DOUBLINGS_MAX);
        long capped = bound <= 0 ? pauseMax.toNanos() : Math.min(bound, pauseMax.toNanos());
        return Duration.ofNanos(capped / 2 + random.nextLong(capped / 2 + 1));
    }
}
