package io.mainstay.verification.simulation;

import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** A node's router knows where every account and party of its shards lives, and nothing else once nothing is under way. */
final class RouterAgrees implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            if (shard.phase() == SimulatedShard.Phase.SERVING) {
                for (UUID id : aggregates(shard)) {
                    OptionalInt found = node.router().locate(id);
                    if (found.isEmpty() || found.getAsInt() != shard.number()) {
                        throw broken("aggregate %s is in shard %d, the router says %s", id, shard.number(), found);
                    }
                }
            }
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        looked(node);
        if (node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING)) {
            int accounts = node.shards().stream()
                    .mapToInt(shard -> aggregates(shard).size())
                    .sum();
            if (node.router().size() != accounts) {
                throw broken(
                        "the shards hold %d aggregates, the router %d",
                        accounts, node.router().size());
            }
        }
    }

    private static Set<UUID> aggregates(SimulatedShard shard) {
        return shard.storage().reference().aggregates();
    }
}
