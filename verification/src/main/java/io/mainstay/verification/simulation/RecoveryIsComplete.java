package io.mainstay.verification.simulation;

/** A shard that has recovered has executed everything that is durable in its log. */
final class RecoveryIsComplete implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        long durable = shard.storage().log().history().offset();
        if (shard.executedBefore() != durable) {
            throw broken("shard %d recovered up to %d, durable is %d", shard.number(), shard.executedBefore(), durable);
        }
    }
}
