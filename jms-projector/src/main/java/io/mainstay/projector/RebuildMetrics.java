package io.mainstay.projector;

import io.mainstay.core.rebuild.RebuildStatus.State;

/** Told what becomes of rebuilds. Called by one thread at a time. */
interface RebuildMetrics {
    /** Whether one runs on this server. */
    void running(boolean running);

    /** One that ran here has come to this end. */
    void ended(State end);
}
