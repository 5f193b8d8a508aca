package io.mainstay.core.snapshot;

/**
 * Names a snapshot by where it stands in its shard's log.
 *
 * @param sequence of the next frame that is not in the snapshot
 * @param offset of the next command that is not executed in it
 */
public record SnapshotId(long sequence, long offset) implements Comparable<SnapshotId> {
    @Override
    public int compareTo(SnapshotId other) {
        return Long.compare(sequence, other.sequence);
    }
}
