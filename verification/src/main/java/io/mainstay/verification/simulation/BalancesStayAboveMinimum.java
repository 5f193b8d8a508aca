package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState;

/** No account is below the lowest balance that it was opened with. */
final class BalancesStayAboveMinimum implements Invariant {
    @Override
    public void polled(SimulatedShard shard) {
        LedgerState state = shard.state();
        shard.reference()
                .accounts()
                .forEach(id -> state.account(id)
                        .filter(account -> account.balanceMinor() < account.minBalanceMinor())
                        .ifPresent(account -> {
                            throw broken("overdrawn in shard %d: %s", shard.number(), account);
                        }));
    }
}
