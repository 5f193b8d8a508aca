package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.shard.Submission.StateAt;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * At an offset a shard has one hash: that of every life that came by there, of a replica from snapshot and log, and of a
 * replay from the first frame on. So nothing is lost of which nobody has asked yet.
 */
final class StateHashesAgree implements Invariant {
    private static final int CHECKED_AT_THE_END = 2;

    /** By shard and offset. */
    private final Map<Integer, NavigableMap<Long, byte[]>> seen = new HashMap<>();

    @Override
    public void recovered(SimulatedShard shard) {
        seen(shard).tailMap(shard.executedBefore(), false).clear();
    }

    @Override
    public void hashed(SimulatedShard shard, StateAt state) {
        byte[] before = seen(shard).putIfAbsent(state.offset(), state.hash());
        if (before != null) {
            compare(shard, "another life", state.offset(), state.hash(), before);
        }
    }

    @Override
    public void replicated(SimulatedShard shard, ShardReplica replica) {
        long offset = replica.position().offset();
        compare(shard, "a replica", offset, replica.stateHash(), fromTheStart(shard, offset));
        byte[] live = seen(shard).get(offset);
        if (live != null) {
            compare(shard, "the shard itself", offset, live, replica.stateHash());
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        node.shards().stream()
                .filter(shard -> shard.phase() == SimulatedShard.Phase.SERVING)
                .forEach(this::check);
    }

    private void check(SimulatedShard shard) {
        shard.hash();
        int left = CHECKED_AT_THE_END;
        for (Map.Entry<Long, byte[]> live : seen(shard).descendingMap().entrySet()) {
            compare(shard, "the shard itself", live.getKey(), live.getValue(), fromTheStart(shard, live.getKey()));
            if (--left == 0) {
                break;
            }
        }
        Map.Entry<Long, byte[]> last = seen(shard).lastEntry();
        compare(shard, "a restored shard", last.getKey(), fromASnapshot(shard, last.getKey()), last.getValue());
    }

    private static byte[] fromTheStart(SimulatedShard shard, long offset) {
        ReplayedShard replayed = ReplayedShard.empty(shard.number(), config(shard), domains(shard));
        return replay(replayed, shard.storage().all(), offset);
    }

    private static byte[] fromASnapshot(SimulatedShard shard, long offset) {
        for (SnapshotId id : shard.storage().snapshots().list()) {
            try {
                ReplayedShard restored = ReplayedShard.from(
                        shard.number(),
                        config(shard),
                        domains(shard),
                        shard.storage().snapshots(),
                        id);
                return replay(restored, shard.storage().log(), offset);
            } catch (SnapshotDamagedException damaged) {
                // An older one, or the first frame, will do.
            }
        }
        return fromTheStart(shard, offset);
    }

    private static byte[] replay(ReplayedShard shard, RetainedLog log, long offset) {
        shard.stopAt(LogPoint.atOffset(offset));
        log.read(frame -> shard.read(LogFrame.parse(frame)));
        shard.decideTail();
        return shard.stateHash();
    }

    private static ShardConfig config(SimulatedShard shard) {
        return shard.config().rememberingConfig();
    }

    private static Domains domains(SimulatedShard shard) {
        int version = shard.node().schemaVersion();
        return new Domains(
                List.of(new WatchedLedger(Ports.HONEST, version), new PurseDomain(), new WatchedSagas(Ports.HONEST)));
    }

    private NavigableMap<Long, byte[]> seen(SimulatedShard shard) {
        return seen.computeIfAbsent(shard.number(), first -> new TreeMap<>());
    }

    private void compare(SimulatedShard shard, String who, long offset, byte[] found, byte[] expected) {
        if (!Arrays.equals(found, expected)) {
            throw broken(
                    "%s of shard %d has hash %s at offset %d, expected %s",
                    who, shard.number(), hex(found), offset, hex(expected));
        }
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, 4);
    }
}
