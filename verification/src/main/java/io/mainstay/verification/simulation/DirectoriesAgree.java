package io.mainstay.verification.simulation;

import io.mainstay.core.route.Directory;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.UUID;

/** A node's directories know exactly what its shards hold; what is only claimed is gone when nothing is under way. */
final class DirectoriesAgree implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            if (shard.phase() == SimulatedShard.Phase.SERVING) {
                Reference reference = shard.storage().reference();
                knows("account", node.aggregates(), reference.accounts(), shard.number());
                knows("key", node.keys(), reference.keys().keySet(), shard.number());
            }
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        looked(node);
        if (node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING)) {
            holdsOnly(
                    "accounts",
                    node.aggregates(),
                    node.shards().stream()
                            .mapToInt(shard ->
                                    shard.storage().reference().accounts().size())
                            .sum());
            holdsOnly(
                    "keys",
                    node.keys(),
                    node.shards().stream()
                            .mapToInt(
                                    shard -> shard.storage().reference().keys().size())
                            .sum());
        }
    }

    private void knows(String what, Directory directory, Collection<UUID> ids, int shard) {
        for (UUID id : ids) {
            OptionalInt found = directory.find(id);
            if (found.isEmpty() || found.getAsInt() != shard) {
                throw broken("%s %s is in shard %d, the directory says %s", what, id, shard, found);
            }
        }
    }

    private void holdsOnly(String what, Directory directory, int count) {
        if (directory.size() != count) {
            throw broken("the shards hold %d %s, the directory %d", count, what, directory.size());
        }
    }
}
