package io.mainstay.core;

/** Tells the time to shards, so that they need none of their own. */
public interface EngineClock {
    /** Microseconds since 1970-01-01T00:00Z. */
    long nowMicros();
}
