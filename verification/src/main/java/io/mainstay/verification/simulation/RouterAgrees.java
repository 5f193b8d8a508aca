package io.mainstay.verification.simulation;

import java.util.OptionalInt;
import java.util.UUID;

/** A node's router knows where every account of its shards lives, and nothing else once nothing is under way. */
final class RouterAgrees implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            if (shard.phase() == SimulatedShard.Phase.SERVING) {
                for (UUID id : shard.storage().reference().accounts()) {
                    OptionalInt found = node.router().locate(id);
                    if (found.isEmpty() || found.getAsInt() != shard.number()) {
                        throw broken("account %s is in shard %d, the router says %s", id, shard.number(), found);
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
                    .mapToInt(shard -> shard.storage().reference().accounts().size())
                    .sum();
            if (node.router().size() != accounts) {
                throw broken(
                        "the shards hold %d accounts, the router %d",
                        accounts, node.router().size());
            }
        }
    }
}
