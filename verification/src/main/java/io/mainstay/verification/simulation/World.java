package io.mainstay.verification.simulation;

import java.util.List;

/**
 * What the nodes of a run share.
 *
 * @param storage of each shard, by its number
 * @param watch is told of everything that an invariant may want to know
 */
record World(
        SimulationConfig config,
        Dice dice,
        VirtualClock clock,
        Trace trace,
        Ports ports,
        List<ShardStorage> storage,
        Invariant watch) {
    /** True once the faults have stopped. */
    boolean isHealed() {
        return storage.get(0).log().isHealed();
    }
}
