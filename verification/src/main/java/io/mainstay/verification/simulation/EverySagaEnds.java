package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.List;

/**
 * Once the faults have stopped every saga ends that only needs shards which serve, nothing of it is left on any of them, and
 * who was told that one has begun is told its end.
 */
final class EverySagaEnds implements Invariant {
    @Override
    public void answered(Call call, Outcome outcome) {
        Outcome.Begun begun = call.begun();
        if (begun == null) {
            return;
        }
        boolean same = switch (outcome) {
            case Outcome.Decided decided -> decided.shard() == begun.shard() && decided.offset() == begun.offset();
            case Outcome.Begun again -> again.equals(begun);
            default -> false;
        };
        if (!same) {
            throw broken("%s was told, and then %s", begun, outcome);
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        List<Integer> serving = node.shards().stream()
                .filter(shard -> shard.phase() == SimulatedShard.Phase.SERVING)
                .map(SimulatedShard::number)
                .toList();
        for (int number : serving) {
            SimulatedShard shard = node.shards().get(number);
            shard.sagas().all().forEach(saga -> {
                if (saga.began().steps().stream().allMatch(step -> serving.contains(step.shard()))) {
                    throw broken("all is quiet, and shard %d still runs saga %d", number, saga.number());
                }
            });
            if (serving.size() == node.shards().size()) {
                requireNothingLeft(shard);
            }
        }
    }

    private void requireNothingLeft(SimulatedShard shard) {
        for (AccountView account : shard.reference().books().ledger().accounts().values()) {
            AccountView seen = shard.state().account(account.id()).orElse(account);
            if (seen.reservedMinor() != 0 || seen.expectedMinor() != 0) {
                throw broken("all is quiet, and shard %d still has %s", shard.number(), seen);
            }
        }
        if (!shard.purse().held().isEmpty()) {
            throw broken(
                    "all is quiet, and the purse of shard %d still holds %s",
                    shard.number(), shard.purse().held());
        }
    }
}
