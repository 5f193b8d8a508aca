package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One shard's snapshots: a write may fail and leave nothing, and what was written may turn out damaged. */
final class SimulatedSnapshots implements SnapshotStore {
    private static final double WRITE_FAULT = 0.1;

    private final int shard;
    private final Dice dice;
    private final Trace trace;
    private final TreeMap<SnapshotId, List<byte[]>> snapshots = new TreeMap<>(Comparator.reverseOrder());
    private final Set<SnapshotId> damaged = new HashSet<>();

    SimulatedSnapshots(int shard, Dice dice, Trace trace) {
        this.shard = shard;
        this.dice = dice;
        this.trace = trace;
    }

    @Override
    public List<SnapshotId> list() {
        return List.copyOf(snapshots.keySet());
    }

    @Override
    public void write(SnapshotId id, Consumer<SnapshotSink> content) {
        List<byte[]> chunks = new ArrayList<>();
        content.accept((bytes, size) -> chunks.add(Arrays.copyOf(bytes, size)));
        if (dice.chance(WRITE_FAULT)) {
            trace.note(Fault.SNAPSHOT_REFUSED, shard, id.offset());
            throw new EngineException(Severity.DEGRADED, "the disk is full");
        }
        snapshots.put(id, chunks);
        damaged.remove(id);
        trace.note(Fault.SNAPSHOT_TAKEN, shard, id.offset());
    }

    @Override
    public void read(SnapshotId id, Consumer<byte[]> chunks) {
        List<byte[]> found = snapshots.get(id);
        if (found == null) {
            throw new SnapshotDamagedException("there is none of that name");
        }
        int good = damaged.contains(id) ? dice.below(found.size()) : found.size();
        found.subList(0, good).forEach(chunk -> chunks.accept(chunk.clone()));
        if (good < found.size()) {
            throw new SnapshotDamagedException("chunk " + good + " fails its checksum");
        }
    }

    @Override
    public void retain(int newest) {
        while (snapshots.size() > newest) {
            damaged.remove(snapshots.pollLastEntry().getKey());
        }
    }

    /** Damages a snapshot that recovery can do without; returns false if there is none. */
    boolean damageOne(boolean logIsWhole) {
        List<SnapshotId> good =
                list().stream().filter(id -> !damaged.contains(id)).toList();
        if (good.isEmpty() || (good.size() == 1 && !logIsWhole)) {
            return false;
        }
        SnapshotId id = dice.oneOf(good);
        damaged.add(id);
        trace.note(Fault.SNAPSHOT_DAMAGED, shard, id.offset());
        return true;
    }

    /** Throws every snapshot away. */
    void lose() {
        snapshots.clear();
        damaged.clear();
    }
}
