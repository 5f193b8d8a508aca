package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import java.time.Duration;

/** When something that takes long has to have ended: after a time, or because the application stops. */
final class Deadline {
    private final Duration limit;
    private final long endNanos;
    private final StopSignal stop;

    private Deadline(Duration limit, StopSignal stop) {
        this.limit = limit;
        this.endNanos = System.nanoTime() + limit.toNanos();
        this.stop = stop;
    }

    static Deadline in(Duration limit, StopSignal stop) {
        return new Deadline(limit, stop);
    }

    /** At least one; {@link EngineException} if the time is up or the application stops. */
    long remainingMillis() {
        if (stop.isStopped()) {
            throw new EngineException(Severity.RETRY, "broken off because the server stops");
        }
        long millis = Duration.ofNanos(endNanos - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw passed();
        }
        return millis;
    }

    /** What is thrown when the time is up. */
    EngineException passed() {
        return new EngineException(
                Severity.DEGRADED,
                "not done within " + limit.toSeconds() + " s; set " + ReconcileConfig.TIMEOUT.name() + " higher");
    }
}
