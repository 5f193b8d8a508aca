package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Open an account.
 *
 * @param id given by the caller, or null to let the server choose
 * @param ledger accounts of one ledger transact with each other
 * @param asset what the account holds: {@code EUR}
 * @param minBalanceMinor lowest balance that a transfer may leave, at most 0; null for no limit
 */
public record OpenAccount(
        @Nullable UUID id,
        String ledger,
        String asset,
        @Nullable Long minBalanceMinor) {
    public static final String LEDGER_DEFAULT = "main";

    /** An account of the default ledger that may not go below zero. */
    public static OpenAccount holding(String asset) {
        return new OpenAccount(null, LEDGER_DEFAULT, asset, 0L);
    }

    /** The same account without a lowest balance, as money that enters the ledger needs it. */
    public OpenAccount unlimited() {
        return new OpenAccount(id, ledger, asset, null);
    }

    public OpenAccount in(String otherLedger) {
        return new OpenAccount(id, otherLedger, asset, minBalanceMinor);
    }

    public OpenAccount as(UUID chosen) {
        return new OpenAccount(chosen, ledger, asset, minBalanceMinor);
    }
}
