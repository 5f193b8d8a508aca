package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** In every shard, after every step, the balances of an asset and what of it left for other shards add up to zero. */
final class MoneyIsConserved implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        check(shard);
    }

    @Override
    public void polled(SimulatedShard shard) {
        check(shard);
    }

    private void check(SimulatedShard shard) {
        LedgerState state = shard.state();
        Map<String, Long> totalMinor = new TreeMap<>();
        for (UUID id : shard.reference().accounts()) {
            state.account(id).ifPresent(account -> add(totalMinor, account));
        }
        totalMinor.forEach((asset, sum) -> {
            int slash = asset.indexOf('/');
            long inFlightMinor = state.inFlightMinor(asset.substring(0, slash), asset.substring(slash + 1));
            if (sum + inFlightMinor != 0) {
                throw broken(
                        "the balances of %s in shard %d add up to %d, and %d left it",
                        asset, shard.number(), sum, inFlightMinor);
            }
        });
    }

    /** Sums may leave 64 bits on the way; they come back. */
    private static void add(Map<String, Long> totalMinor, AccountView account) {
        totalMinor.merge(account.tenant() + "/" + account.asset(), account.balanceMinor(), Long::sum);
    }
}
