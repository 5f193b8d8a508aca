package io.mainstay.verification.simulation;

import io.mainstay.core.log.RetainedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a shard has outside of every node, and what has to follow from it. */
final class ShardStorage {
    private final SimulatedLog log;
    private final SimulatedSnapshots snapshots;
    private final Reference reference;
    private final List<byte[]> archive = new ArrayList<>();

    ShardStorage(int shard, SimulationConfig config, Dice dice, VirtualClock clock, Trace trace) {
        this.log = new SimulatedLog(shard, config, dice.split(), clock, trace);
        this.snapshots = new SimulatedSnapshots(shard, dice.split(), trace);
        this.reference = new Reference(log.history(), config);
    }

    SimulatedLog log() {
        return log;
    }

    SimulatedSnapshots snapshots() {
        return snapshots;
    }

    Reference reference() {
        return reference;
    }

    /** Lets go what lies before a snapshot's sequence. */
    void truncate(long keepFromSequence) {
        List<byte[]> taken = new ArrayList<>();
        log.truncate(keepFromSequence, taken::add, () -> archive.addAll(taken));
    }

    /** The archive with the log behind it: every frame there ever was. */
    RetainedLog all() {
        return new RetainedLog() {
            @Override
            public void read(Consumer<byte[]> frames) {
                archive.forEach(frame -> frames.accept(frame.clone()));
                log.read(frames);
            }

            @Override
            public long truncate(long keepFromSequence, Consumer<byte[]> to, Runnable sync) {
                throw new UnsupportedOperationException("an archive stays");
            }
        };
    }
}
