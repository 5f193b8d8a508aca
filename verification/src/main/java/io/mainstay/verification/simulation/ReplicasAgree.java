package io.mainstay.verification.simulation;

import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A replica that replays, from a snapshot or from the first frame of all, has the state that the shard had at that
 * offset.
 */
final class ReplicasAgree implements Invariant {
    @Override
    public void replicated(SimulatedShard shard, ShardReplica replica) {
        compare(shard, replica);
    }

    @Override
    public void ended(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            if (shard.phase() == SimulatedShard.Phase.SERVING) {
                ShardReplica replica = ShardReplica.build(
                        shard.number(),
                        shard.config().rememberingConfig(),
                        shard.domains(),
                        new NoSnapshots(),
                        shard.storage().all());
                if (replica.position().offset() != shard.executedBefore()) {
                    throw broken(
                            "the whole log of shard %d replays up to %d, the shard is at %d",
                            shard.number(), replica.position().offset(), shard.executedBefore());
                }
                compare(shard, replica);
            }
        }
    }

    private void compare(SimulatedShard shard, ShardReplica replica) {
        Reference reference = shard.storage().reference();
        long offset = replica.position().offset();
        LedgerState state = replica.state().of(LedgerState.class);
        for (UUID id : reference.accounts()) {
            Optional<AccountView> expected = reference.account(id, offset);
            if (!state.account(id).equals(expected)) {
                throw broken(
                        "a replica of shard %d at offset %d has %s, the shard had %s",
                        shard.number(), offset, state.account(id), expected);
            }
        }
    }

    /** For a replay from the very beginning. */
    private static final class NoSnapshots implements SnapshotStore {
        @Override
        public List<SnapshotId> list() {
            return List.of();
        }

        @Override
        public void write(SnapshotId id, Consumer<SnapshotSink> content) {
            throw new UnsupportedOperationException("nothing is kept here");
        }

        @Override
        public void read(SnapshotId id, Consumer<byte[]> chunks) {
            throw new UnsupportedOperationException("nothing is kept here");
        }

        @Override
        public void retain(int newest) {}
    }
}
