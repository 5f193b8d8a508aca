package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Open an account.
 *
 * @param id given by the caller, or null to let the server choose
 * @param ledger accounts of one ledger share a shard, and transact fastest with each other
 * @param asset what the account holds: {@code EUR}
 * @param minBalanceMinor lowest balance that a transfer may leave, at most 0; null for no limit
 * @param maxBalanceMinor highest balance that a transfer may leave, at least 0; null for no limit
 * @param reference free text for people; empty if there is none
 * @param owner a party of the same ledger; null if there is none
 */
public record OpenAccount(
        @Nullable UUID id,
        String ledger,
        String asset,
        @Nullable Long minBalanceMinor,
        @Nullable Long maxBalanceMinor,
        String reference,
        @Nullable UUID owner)
        implements Order<Account> {
    public static final String LEDGER_DEFAULT = "main";

    /** An account of the default ledger that may not go below zero. */
    public static OpenAccount holding(String asset) {
        return new OpenAccount(null, LEDGER_DEFAULT, asset, 0L, null, "", null);
    }

    /** The same account without a lowest balance, as money that enters the ledger needs it. */
    public OpenAccount unlimited() {
        return within(null, maxBalanceMinor);
    }

    public OpenAccount within(@Nullable Long lowestMinor, @Nullable Long highestMinor) {
        return new OpenAccount(id, ledger, asset, lowestMinor, highestMinor, reference, owner);
    }

    public OpenAccount in(String otherLedger) {
        return new OpenAccount(id, otherLedger, asset, minBalanceMinor, maxBalanceMinor, reference, owner);
    }

    public OpenAccount as(UUID chosen) {
        return new OpenAccount(chosen, ledger, asset, minBalanceMinor, maxBalanceMinor, reference, owner);
    }

    public OpenAccount saying(String text) {
        return new OpenAccount(id, ledger, asset, minBalanceMinor, maxBalanceMinor, text, owner);
    }

    public OpenAccount ownedBy(UUID party) {
        return new OpenAccount(id, ledger, asset, minBalanceMinor, maxBalanceMinor, reference, party);
    }
}
