package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Rejection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account gives or takes an amount: it is open, its balance less what is reserved stays at or above the minimum,
 * and its balance with what is expected at or below the maximum.
 *
 * <p>Hot: called for each side of a transfer; allocates nothing but refusals.
 */
final class Amounts {
    private Amounts() {}

    /**
     * Null if the account can give the amount, at least 1.
     *
     * @param account pointer to the account
     * @param pointer to the amount
     */
    static @Nullable Rejection checkDebit(
            LedgerState state, int row, long amountMinor, String account, String pointer) {
        AccountTable accounts = state.accounts();
        if (!accounts.isOpen(row)) {
            return notOpen(state, row, account);
        }
        long availableMinor = accounts.balanceMinor(row) - accounts.reservedMinor(row);
        long afterMinor = availableMinor - amountMinor;
        if (afterMinor > availableMinor) {
            return overflow(amountMinor, pointer);
        }
        if (afterMinor < state.minBalanceMinor(row)) {
            return LedgerRefusal.FUNDS_INSUFFICIENT.because(
                    "Account %s has %d, %d of it reserved, and may not go below %d; the transfer is over %d."
                            .formatted(
                                    accounts.id(row),
                                    accounts.balanceMinor(row),
                                    accounts.reservedMinor(row),
                                    state.minBalanceMinor(row),
                                    amountMinor),
                    pointer);
        }
        return null;
    }

    /** Null if the account can take the amount, at least 1; see {@link #checkDebit}. */
    static @Nullable Rejection checkCredit(
            LedgerState state, int row, long amountMinor, String account, String pointer) {
        AccountTable accounts = state.accounts();
        if (!accounts.isOpen(row)) {
            return notOpen(state, row, account);
        }
        long highestMinor = accounts.balanceMinor(row) + accounts.expectedMinor(row);
        long afterMinor = highestMinor + amountMinor;
        if (afterMinor < highestMinor) {
            return overflow(amountMinor, pointer);
        }
        if (afterMinor > state.maxBalanceMinor(row)) {
            return LedgerRefusal.LIMIT_EXCEEDED.because(
                    "Account %s has %d, expects %d, and may not go above %d; the transfer is over %d."
                            .formatted(
                                    accounts.id(row),
                                    accounts.balanceMinor(row),
                                    accounts.expectedMinor(row),
                                    state.maxBalanceMinor(row),
                                    amountMinor),
                    pointer);
        }
        return null;
    }

    /** Null if so much more may be reserved of the account without its sum leaving 64 bits. */
    static @Nullable Rejection checkReserve(LedgerState state, int row, long amountMinor, String pointer) {
        return state.accounts().reservedMinor(row) + amountMinor < 0 ? overflow(amountMinor, pointer) : null;
    }

    /** Null if the account may expect so much more without its sum leaving 64 bits. */
    static @Nullable Rejection checkExpect(LedgerState state, int row, long amountMinor, String pointer) {
        return state.accounts().expectedMinor(row) + amountMinor < 0 ? overflow(amountMinor, pointer) : null;
    }

    static Rejection unknown(UUID account, String pointer) {
        return LedgerRefusal.ACCOUNT_UNKNOWN.because("There is no account " + account + ".", pointer);
    }

    private static Rejection overflow(long amountMinor, String pointer) {
        return LedgerRefusal.BALANCE_OVERFLOW.because(
                "The amount " + amountMinor + " would take a balance, or what is reserved or expected, out of 64 bits.",
                pointer);
    }

    private static Rejection notOpen(LedgerState state, int row, String pointer) {
        LedgerRefusal refusal = state.accounts().status(row) == AccountStatus.FROZEN
                ? LedgerRefusal.ACCOUNT_FROZEN
                : LedgerRefusal.ACCOUNT_CLOSED;
        return refusal.because(
                "Account %s is %s."
                        .formatted(
                                state.accounts().id(row),
                                refusal == LedgerRefusal.ACCOUNT_FROZEN ? "frozen" : "closed"),
                pointer);
    }
}
