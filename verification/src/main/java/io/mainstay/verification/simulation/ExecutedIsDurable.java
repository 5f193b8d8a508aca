package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.shard.Durability.Async;

/**
 * No shard executes, answers or shows what would not survive a crash at this instant, unless it is told to: then
 * {@link LossIsWithinTheBound}.
 */
final class ExecutedIsDurable implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        follow(shard);
        forget(shard);
    }

    @Override
    public void polled(SimulatedShard shard) {
        follow(shard);
        if (!shard.node().isZombie()) {
            forget(shard);
        }
    }

    @Override
    public void answered(Call call, Outcome outcome) {
        switch (outcome) {
            case Outcome.Decided decided -> follow(call.node().shards().get(decided.shard()));
            case Outcome.Begun begun -> begun(call, begun);
            default -> {}
        }
    }

    @Override
    public void begun(Call call, Outcome.Begun begun) {
        follow(call.node().shards().get(begun.shard()));
    }

    @Override
    public void read(Reading reading) {
        follow(reading.shard());
    }

    private void follow(SimulatedShard shard) {
        long durable = shard.storage().log().history().offset();
        if (shard.executedBefore() > durable && !(shard.durability() instanceof Async)) {
            throw broken(
                    "shard %d has executed up to %d, durable is only %d",
                    shard.number(), shard.executedBefore(), durable);
        }
        shard.storage().reference().advanceTo(Math.min(durable, shard.executedBefore()));
        shard.reference().advanceTo(shard.executedBefore());
    }

    private static void forget(SimulatedShard shard) {
        shard.storage().reference().forget();
        shard.reference().forget();
    }
}
