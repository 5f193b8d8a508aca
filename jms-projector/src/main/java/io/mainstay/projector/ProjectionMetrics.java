package io.mainstay.projector;

import java.time.Duration;

/** Told what the projector does; takes of it what it has a use for. Called from several threads. */
interface ProjectionMetrics {
    /** Frames are committed. */
    default void projected(int shard, Progress progress) {}

    /** Frames came again. */
    default void skipped(int shard, int frames) {}

    /** The broker has delivered a frame, and this is where its entries end. */
    default void delivered(int shard, long nextOffset) {}

    /** Frames found no room to wait; they are read from the log. */
    default void dropped(int shard, int frames) {}

    /** A frame behind a missing one is passed over. */
    default void orphaned(int shard) {}

    /** The database refused and is asked again. */
    default void retried(int shard) {}

    /** Events have become dead letters. */
    default void parked(int shard, int events) {}

    /** So many dead letters are open. */
    default void deadLetters(int shard, int open) {}

    /** Whether the shard's projection stands still because of a damage. */
    default void damaged(int shard, boolean damaged) {}

    /**
     * What one transaction has brought.
     *
     * @param frames projected
     * @param rows inserted or updated
     * @param executedBefore all outcomes below this offset are projected
     * @param nextOffset entries below this offset stand in frames that are projected
     * @param timestampMicros time of the last frame, since the epoch
     * @param transaction how long it took
     */
    record Progress(
            int frames, int rows, long executedBefore, long nextOffset, long timestampMicros, Duration transaction) {}
}
