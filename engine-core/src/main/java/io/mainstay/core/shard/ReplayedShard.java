package io.mainstay.core.shard;

import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.shard.ShardReplay.Pending;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.Set;

/** A memory of a shard as it was at some point of its log, built apart from the shard itself. Owned by one thread. */
public final class ReplayedShard {
    private final int shard;
    private final ShardMemory memory;
    private final ShardReplay replay;
    private final Set<String> tailsAllowed;
    private LogPoint limit = LogPoint.END;
    private long executedBefore;

    private ReplayedShard(int shard, ShardConfig config, Domains domains) {
        this.shard = shard;
        this.tailsAllowed = config.tailsAllowed();
        this.memory = new ShardMemory(shard, domains, config);
        this.replay = new ShardReplay(memory, domains);
    }

    /** A shard before its first command. */
    public static ReplayedShard empty(int shard, ShardConfig config, Domains domains) {
        return new ReplayedShard(shard, config, domains);
    }

    /** A shard as a snapshot holds it; {@link SnapshotDamagedException} if it is not what was written. */
    public static ReplayedShard from(
            int shard, ShardConfig config, Domains domains, SnapshotStore snapshots, SnapshotId id) {
        ReplayedShard restored = new ReplayedShard(shard, config, domains);
        ShardSnapshot.Reader reader = new ShardSnapshot.Reader(shard, domains, restored.replay, restored.memory);
        snapshots.read(id, reader::chunk);
        reader.end();
        restored.executedBefore = restored.replay.executedBefore();
        return restored;
    }

    /** Executes no command behind this point. */
    public void stopAt(LogPoint point) {
        limit = point;
        replay.stopAt(point);
    }

    /** Takes the next frame; returns false when the rest of the log is of no use any more. */
    public boolean read(LogFrame frame) {
        replay.read(frame);
        executedBefore = replay.executedBefore();
        return !replay.isLimited();
    }

    /**
     * Decides the commands before the limit whose outcomes are not in the log, as a recovering shard would. Throws
     * {@link io.mainstay.core.EngineException} FATAL if another version of their domain has written them.
     */
    public void decideTail() {
        ArrayDeque<Pending> pending = replay.pending();
        if (pending.isEmpty() || !isWanted(pending.element())) {
            return;
        }
        WireWriter decided = new WireWriter(1024);
        replay.checkTail(tailsAllowed);
        while (!pending.isEmpty() && isWanted(pending.element())) {
            Pending command = pending.remove();
            Invariants.check(
                    command.offset() == executedBefore, "tail offset %d after %d", command.offset(), executedBefore);
            decided.clear();
            memory.executeAgain(command, decided);
            executedBefore = command.offset() + 1;
            if (pending.isEmpty() || pending.element().frame() != command.frame()) {
                memory.retain(command.timestampMicros());
            }
        }
    }

    private boolean isWanted(Pending command) {
        return limit.isAfter(command.offset(), command.timestampMicros());
    }

    public int shard() {
        return shard;
    }

    /** Behind the last frame that was read. */
    public LogPosition position() {
        return replay.position();
    }

    /** The offset of the first command that is not executed. */
    public long executedBefore() {
        return executedBefore;
    }

    public ShardState state() {
        return memory.state();
    }

    /** The hash that the shard itself had, or has, at this offset. */
    public byte[] stateHash() {
        return StateHash.of(memory, executedBefore);
    }
}
