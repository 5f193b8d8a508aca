package io.mainstay.api;

import java.util.concurrent.atomic.LongAdder;

/** What became of the questions to a cache. */
final class CacheFigures {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder bypasses = new LongAdder();

    /** A question was answered from the cache. */
    void hit() {
        hits.increment();
    }

    /** The row was not there. */
    void miss() {
        misses.increment();
    }

    /** The row was there, and not as new as its caller wanted it. */
    void bypass() {
        bypasses.increment();
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    long bypasses() {
        return bypasses.sum();
    }

    /** Hits among all questions, 0 to 1; 0 before the first. */
    double hitRatio() {
        long hit = hits();
        long all = hit + misses() + bypasses();
        return all == 0 ? 0 : (double) hit / all;
    }
}
