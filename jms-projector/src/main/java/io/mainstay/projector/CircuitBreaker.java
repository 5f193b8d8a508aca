package io.mainstay.projector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps everybody from asking a database that is away (R3): after a failure all wait, then one asks, and when that one is
 * answered all go on. Says once when it opens and once when it closes, however many threads notice.
 */
final class CircuitBreaker {
    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class.getName());
    private static final Duration LOOK = Duration.ofMillis(20);

    enum State {
        /** The database answers. */
        CLOSED(0),
        /** One thread asks whether it answers again. */
        HALF_OPEN(1),
        /** Nobody asks. */
        OPEN(2);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** What the metric shows. */
        int number() {
            return number;
        }
    }

    private final Backoff backoff;
    private final Clock clock;
    private final StopSignal stop;
    private State state = State.CLOSED;
    private Instant since = Instant.EPOCH;
    private long askAgainNanos;
    private int failures;
    private boolean refused;

    CircuitBreaker(Backoff backoff, Clock clock, StopSignal stop) {
        this.backoff = backoff;
        this.clock = clock;
        this.stop = stop;
    }

    synchronized State state() {
        return state;
    }

    /** Returns when the caller may ask the database; {@link StopSignal.StoppedException} if the application stops first. */
    void await() {
        while (!mayAsk()) {
            stop.pause(LOOK);
        }
    }

    private synchronized boolean mayAsk() {
        if (state == State.OPEN && System.nanoTime() - askAgainNanos >= 0) {
            state = State.HALF_OPEN;
            return true;
        }
        return state == State.CLOSED;
    }

    /** The database did not serve the caller, who may not ask again without {@link #await}. */
    synchronized void failed(SqlFailure kind, Throwable failure) {
        boolean refusal = kind == SqlFailure.REFUSED;
        if (failures == 0) {
            since = clock.instant();
            refused = false;
        }
        if (failures == 0 || (refusal && !refused)) {
            LOG.log(
                    refusal ? Level.SEVERE : Level.WARNING,
                    failure,
                    () -> "projection waits for the database (%s); commands go on, rows follow"
                            .formatted(refusal ? "it refuses to serve" : "it is away"));
        }
        refused |= refusal;
        failures++;
        state = State.OPEN;
        askAgainNanos = System.nanoTime() + backoff.after(failures).toNanos();
    }

    /** The database answered the caller, whatever it said. */
    synchronized void answered() {
        if (failures > 0) {
            LOG.info(() -> "projection goes on; it waited for the database for %d ms"
                    .formatted(Duration.between(since, clock.instant()).toMillis()));
        }
        failures = 0;
        state = State.CLOSED;
    }
}
