package io.mainstay.projector;

import java.time.Duration;

/** Told what the projector does. Called from several threads. */
interface ProjectionMetrics {
    /** A frame and so many rows are committed: all outcomes below {@code executedBefore} are projected. */
    void projected(int shard, int rows, long executedBefore, Duration transaction);

    /** A frame came again. */
    void skipped(int shard);

    /** A frame behind a missing one is passed over. */
    void orphaned(int shard);

    /** The database refused and is asked again. */
    void retried(int shard);

    /** The shard's projection has stopped for a damage. */
    void damaged(int shard);
}
