package io.mainstay.projector;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells every wait of the projector that the application stops, or that what waits is no longer wanted. */
final class StopSignal {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<StopSignal> children = new CopyOnWriteArrayList<>();

    void stop() {
        stopped.countDown();
        children.forEach(StopSignal::stop);
    }

    /** A signal that is given with this one, or before it. */
    StopSignal child() {
        StopSignal child = new StopSignal();
        children.removeIf(StopSignal::isStopped);
        children.add(child);
        if (isStopped()) {
            child.stop();
        }
        return child;
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits unless the application stops or the thread is interrupted: then {@link StoppedException}. */
    void pause(Duration time) {
        try {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /** The frame in hand goes back to the broker and comes again later. */
    @ApplicationException
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("the projector stops; the frame is delivered again when it starts");
        }
    }
}
