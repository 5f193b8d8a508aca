package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.math.BigInteger;

/** No account may fall below its minimum or rise above its maximum, whatever becomes of what is reserved and expected. */
final class BalancesStayAboveMinimum implements Invariant {
    @Override
    public void polled(SimulatedShard shard) {
        LedgerState state = shard.state();
        shard.reference()
                .accounts()
                .forEach(id -> state.account(id)
                        .filter(account -> !isWithin(account))
                        .ifPresent(account -> {
                            throw broken("overdrawn in shard %d: %s", shard.number(), account);
                        }));
    }

    private static boolean isWithin(AccountView account) {
        BigInteger balance = BigInteger.valueOf(account.balanceMinor());
        BigInteger least = balance.subtract(BigInteger.valueOf(account.reservedMinor()));
        BigInteger most = balance.add(BigInteger.valueOf(account.expectedMinor()));
        return account.reservedMinor() >= 0
                && account.expectedMinor() >= 0
                && least.compareTo(BigInteger.valueOf(account.minBalanceMinor())) >= 0
                && most.compareTo(BigInteger.valueOf(account.maxBalanceMinor())) <= 0;
    }
}
