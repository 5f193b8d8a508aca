package io.mainstay.verification.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** No account or party is held by two shards, not even by one whose log is beyond reading. */
final class AggregatesLiveOnOneShard implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        Map<UUID, Integer> holders = new HashMap<>();
        for (SimulatedShard shard : node.shards()) {
            for (UUID id : shard.storage().reference().aggregates()) {
                Integer other = holders.putIfAbsent(id, shard.number());
                if (other != null) {
                    throw broken("aggregate %s is in shards %d and %d", id, other, shard.number());
                }
            }
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        looked(node);
    }
}
