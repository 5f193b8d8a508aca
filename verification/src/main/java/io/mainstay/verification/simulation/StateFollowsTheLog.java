package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.Optional;
import java.util.UUID;

/** The state of a shard is what the durable commands up to its offset make, and nothing else. */
final class StateFollowsTheLog implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        check(shard);
    }

    @Override
    public void polled(SimulatedShard shard) {
        check(shard);
    }

    private void check(SimulatedShard shard) {
        Reference reference = shard.reference();
        LedgerState state = shard.state();
        int count = 0;
        for (UUID id : reference.accounts()) {
            Optional<AccountView> expected = reference.account(id, shard.executedBefore());
            if (!state.account(id).equals(expected)) {
                throw broken(
                        "shard %d at offset %d has %s, the log makes %s",
                        shard.number(), shard.executedBefore(), state.account(id), expected);
            }
            count += expected.isPresent() ? 1 : 0;
        }
        if (state.accountCount() != count) {
            throw broken("shard %d has %d accounts, the log makes %d", shard.number(), state.accountCount(), count);
        }
    }
}
