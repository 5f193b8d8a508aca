package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus;

/** A shard that is drained has every outcome in its log, and decides nothing more. */
final class DrainedIsLogged implements Invariant {
    @Override
    public void answered(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Decided decided
                && isDrained(call.node().shards().get(decided.shard()))) {
            throw broken("shard %d is drained, and still answers %s", decided.shard(), decided);
        }
    }

    @Override
    public void looked(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            History history = shard.storage().log().history();
            if (isDrained(shard) && history.outcomes().size() != history.offset()) {
                throw broken(
                        "shard %d is drained, and its log tells %d outcomes of %d commands",
                        shard.number(), history.outcomes().size(), history.offset());
            }
        }
    }

    private static boolean isDrained(SimulatedShard shard) {
        return shard.phase() == SimulatedShard.Phase.SERVING && shard.gate().phase() == ShardStatus.Phase.DRAINED;
    }
}
