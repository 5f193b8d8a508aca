package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;

/** A key that one shard remembers is executed by no other; within a shard, the log's outcomes are held to this. */
final class KeysAreExecutedOnce implements Invariant {
    @Override
    public void answered(Call call, Outcome outcome) {
        if (!(outcome instanceof Outcome.Decided decided)
                || decided.repeated()
                || call.node().isZombie()) {
            return;
        }
        for (SimulatedShard other : call.node().shards()) {
            History.Entry entry =
                    other.storage().reference().keys().get(call.request().key());
            if (entry != null
                    && other.phase() != SimulatedShard.Phase.DAMAGED
                    && (other.number() != decided.shard() || entry.offset() != decided.offset())) {
                throw broken(
                        "key %s was executed at offset %d of shard %d, and now: %s",
                        call.request().key(), entry.offset(), other.number(), decided);
            }
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            for (SimulatedShard other : node.shards().subList(0, shard.number())) {
                if (shard.phase() == SimulatedShard.Phase.SERVING && other.phase() == SimulatedShard.Phase.SERVING) {
                    shard.storage().reference().keys().keySet().stream()
                            .filter(other.storage().reference().keys()::containsKey)
                            .findFirst()
                            .ifPresent(key -> {
                                throw broken(
                                        "shards %d and %d both remember key %s", other.number(), shard.number(), key);
                            });
                }
            }
        }
    }
}
