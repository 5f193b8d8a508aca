package io.mainstay.engine;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;

/** Counts and times commands from submission to answer. */
public interface CommandMetrics {
    /** Starts to time a command. */
    Measurement begin(Command command);

    /** One command on its way. */
    interface Measurement {
        /** Called once, with the answer. */
        void end(Outcome outcome);
    }
}
