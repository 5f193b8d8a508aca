package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;

/** No shard executes, answers or shows what would not survive a crash at this instant. */
final class ExecutedIsDurable implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        follow(shard);
        shard.storage().reference().forget();
    }

    @Override
    public void polled(SimulatedShard shard) {
        follow(shard);
        if (!shard.node().isZombie()) {
            shard.storage().reference().forget();
        }
    }

    @Override
    public void answered(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Decided decided) {
            follow(call.node().shards().get(decided.shard()));
        }
    }

    @Override
    public void read(Reading reading) {
        follow(reading.shard());
    }

    private void follow(SimulatedShard shard) {
        long durable = shard.storage().log().history().offset();
        if (shard.executedBefore() > durable) {
            throw broken(
                    "shard %d has executed up to %d, durable is only %d",
                    shard.number(), shard.executedBefore(), durable);
        }
        shard.storage().reference().advanceTo(shard.executedBefore());
    }
}
