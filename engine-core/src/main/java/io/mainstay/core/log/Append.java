package io.mainstay.core.log;

/** An append under way. May be asked from any thread. */
public interface Append {
    /** Where the append is. */
    enum State {
        /** Not known to be durable yet. */
        PENDING,
        /** Survives a crash from now on. */
        DURABLE,
        /** Refused, or its fate is unknown: the frame may or may not be in the log. */
        FAILED
    }

    State state();

    /** Why it failed; empty unless FAILED. */
    String failure();
}
