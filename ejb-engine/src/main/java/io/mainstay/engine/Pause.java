package io.mainstay.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A pause between looks that a stop ends at once. */
final class Pause {
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Returns true after the time, or false as soon as the pause is ended for good. */
    boolean sleep(long nanos) {
        try {
            return !ended.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    void end() {
        ended.countDown();
    }
}
