package io.mainstay.core.shard;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The newest snapshot that can be read, as memory and replay to go on with. */
record ShardRestore(ShardMemory memory, ShardReplay replay, Optional<SnapshotId> snapshot, List<String> complaints) {
    /**
     * Tries the snapshots from the newest to the oldest, then the beginning of the log. A damaged one is passed over with
     * a complaint; one of a format or a domain that this version cannot read throws
     * {@link io.mainstay.core.EngineException} FATAL.
     */
    static ShardRestore newest(int shard, SnapshotStore snapshots, Supplier<ShardMemory> memories, Domains domains) {
        List<String> complaints = new ArrayList<>();
        for (SnapshotId id : snapshots.list()) {
            ShardMemory memory = memories.get();
            ShardReplay replay = new ShardReplay(memory, domains);
            try {
                ShardSnapshot.Reader reader = new ShardSnapshot.Reader(shard, domains, replay, memory);
                snapshots.read(id, reader::chunk);
                reader.end();
                return new ShardRestore(memory, replay, Optional.of(id), complaints);
            } catch (SnapshotDamagedException | WireException damage) {
                complaints.add("shard %d: snapshot at offset %d is damaged and passed over: %s"
                        .formatted(shard, id.offset(), damage.getMessage()));
            }
        }
        ShardMemory memory = memories.get();
        return new ShardRestore(memory, new ShardReplay(memory, domains), Optional.empty(), complaints);
    }
}
