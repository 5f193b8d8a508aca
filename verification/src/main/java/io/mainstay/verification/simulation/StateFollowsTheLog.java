package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.TransferView;
import java.util.Optional;
import java.util.UUID;

/** The state of a shard is what the durable commands up to its offset make, and nothing else. */
final class StateFollowsTheLog implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        check(shard);
        checkTransfers(shard);
    }

    @Override
    public void polled(SimulatedShard shard) {
        check(shard);
    }

    @Override
    public void ended(SimulatedNode node) {
        node.shards().stream()
                .filter(shard -> shard.phase() == SimulatedShard.Phase.SERVING)
                .forEach(this::checkTransfers);
    }

    private void checkTransfers(SimulatedShard shard) {
        for (Deal deal : shard.reference().books().transfers().all()) {
            Optional<TransferView> seen = shard.state().transfer(deal.id());
            if (!seen.equals(Optional.of(deal.view()))) {
                throw broken(
                        "shard %d at offset %d has %s, the log makes %s",
                        shard.number(), shard.executedBefore(), seen, deal);
            }
        }
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
        int sagas = reference.books().sagas().runningCount();
        if (shard.executedBefore() == reference.executedBefore()
                && shard.sagas().size() != sagas) {
            throw broken(
                    "shard %d at offset %d runs %d sagas, the log makes %d",
                    shard.number(), shard.executedBefore(), shard.sagas().size(), sagas);
        }
        if (state.accountCount() != count) {
            throw broken("shard %d has %d accounts, the log makes %d", shard.number(), state.accountCount(), count);
        }
    }
}
