package io.mainstay.domain.ledger;

import java.util.UUID;

/**
 * What a transfer did to one account: by how much its amounts have changed, and what they are since.
 *
 * @param expectedMinor what may yet come, also back: an amount that was taken out for another shard counts until it settles
 * @param version of the account, one more than before
 */
public record Entry(
        UUID account,
        String asset,
        long balanceChangeMinor,
        long reservedChangeMinor,
        long expectedChangeMinor,
        long balanceMinor,
        long reservedMinor,
        long expectedMinor,
        long version) {
    /** An account's entry by what changes, at the state before it. */
    static Entry of(LedgerState state, int row, long balanceChange, long reservedChange, long expectedChange) {
        AccountTable accounts = state.accounts();
        return new Entry(
                accounts.id(row),
                state.assetOf(row),
                balanceChange,
                reservedChange,
                expectedChange,
                accounts.balanceMinor(row) + balanceChange,
                accounts.reservedMinor(row) + reservedChange,
                accounts.expectedMinor(row) + expectedChange,
                accounts.version(row) + 1);
    }
}
