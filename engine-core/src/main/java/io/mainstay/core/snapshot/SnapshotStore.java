package io.mainstay.core.snapshot;

import java.util.List;
import java.util.function.Consumer;

/** Keeps one shard's snapshots. A snapshot is there whole or not at all. */
public interface SnapshotStore {
    /** The snapshots that are there, newest first. */
    List<SnapshotId> list();

    /**
     * Writes a snapshot; it is listed, and survives a crash, when the call returns. Throws
     * {@link io.mainstay.core.EngineException} DEGRADED if it cannot be written.
     */
    void write(SnapshotId id, Consumer<SnapshotSink> content);

    /**
     * Hands over a snapshot's chunks in the order they were written. Throws {@link SnapshotDamagedException} if it is
     * not what was written; chunks handed over before that are good.
     */
    void read(SnapshotId id, Consumer<byte[]> chunks);

    /** Deletes all but the newest. */
    void retain(int newest);
}
