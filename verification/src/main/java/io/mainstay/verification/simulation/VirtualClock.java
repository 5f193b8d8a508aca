package io.mainstay.verification.simulation;

import io.mainstay.core.EngineClock;

/** Time that passes when it is told to. The shards' clock may be set back; the run's own time never goes back. */
final class VirtualClock implements EngineClock {
    private static final long START_MICROS = 1_750_000_000_000_000L;

    private long elapsedMicros;
    private long skewMicros;
    private long latestMicros = START_MICROS;

    @Override
    public long nowMicros() {
        latestMicros = Math.max(latestMicros, START_MICROS + elapsedMicros + skewMicros);
        return START_MICROS + elapsedMicros + skewMicros;
    }

    /** Time of the run, from 0. */
    long elapsedMicros() {
        return elapsedMicros;
    }

    void advance(long micros) {
        elapsedMicros += micros;
    }

    void skew(long micros) {
        skewMicros += micros;
    }

    /** Sets it to the latest time that shards have ever seen: from then on it goes on with the run's own. */
    void heal() {
        skew(latestMicros - nowMicros());
    }
}
