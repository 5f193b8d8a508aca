package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import org.jspecify.annotations.Nullable;

/**
 * A second memory of a shard, built from its newest snapshot and its log, for taking the next snapshot.
 *
 * <p>It never touches the shard itself, which goes on without a pause; it costs the memory of one shard while it lives,
 * and proves with every snapshot that the last one can be read and that the log replays.
 */
public final class ShardReplica {
    private final int shard;
    private final Domains domains;
    private final @Nullable SnapshotCodec codec;
    private final ShardMemory memory;
    private final ShardReplay replay;

    private ShardReplica(
            int shard, Domains domains, @Nullable SnapshotCodec codec, ShardMemory memory, ShardReplay replay) {
        this.shard = shard;
        this.domains = domains;
        this.codec = codec;
        this.memory = memory;
        this.replay = replay;
    }

    /** Builds a replica of all that is in the log now. FATAL if the codec that snapshots are to have is not installed. */
    public static ShardReplica build(
            int shard, ShardConfig config, Domains domains, SnapshotStore snapshots, RetainedLog log) {
        SnapshotCodec codec =
                new SnapshotCodecs(domains).chosen(config.formats().snapshotCodec());
        ShardRestore restored =
                ShardRestore.newest(shard, snapshots, () -> new ShardMemory(shard, domains, config), domains);
        log.read(restored.replay()::read);
        restored.replay().end();
        return new ShardReplica(shard, domains, codec, restored.memory(), restored.replay());
    }

    /** Where the replica stands: what a snapshot of it will be called. */
    public SnapshotId position() {
        return new SnapshotId(replay.position().sequence(), replay.executedBefore());
    }

    public ShardState state() {
        return memory.state();
    }

    /** The hash that the shard itself had when it stood at {@link #position}. */
    public byte[] stateHash() {
        return StateHash.of(memory, replay.executedBefore());
    }

    /** Writes the replica into the store. */
    public SnapshotId save(SnapshotStore snapshots) {
        SnapshotId id = position();
        if (id.sequence() == 0) {
            throw new EngineException(Severity.DEGRADED, "shard " + shard + " has nothing to take a snapshot of");
        }
        snapshots.write(id, sink -> ShardSnapshot.write(shard, replay, memory, domains, codec, sink));
        return id;
    }
}
