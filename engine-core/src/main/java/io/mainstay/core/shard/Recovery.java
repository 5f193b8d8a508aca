package io.mainstay.core.shard;

import io.mainstay.core.snapshot.SnapshotId;
import java.util.List;
import java.util.Optional;

/**
 * How a shard's memory was brought back.
 *
 * @param snapshot where it began; empty for the beginning of the log
 * @param replayed commands applied from the log after the snapshot
 * @param decidedAgain commands of the log's tail that had no outcome yet
 * @param complaints what was wrong and could be helped: damaged snapshots
 */
public record Recovery(Optional<SnapshotId> snapshot, long replayed, long decidedAgain, List<String> complaints) {
    public Recovery {
        complaints = List.copyOf(complaints);
    }
}
