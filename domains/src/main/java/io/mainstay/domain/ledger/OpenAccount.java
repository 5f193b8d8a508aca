package io.mainstay.domain.ledger;

import io.mainstay.core.route.Route;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Open an account with a balance of zero.
 *
 * @param ledger decides the shard: accounts of one ledger transact with each other; 1 to 64 characters
 * @param asset what the account holds: 3 to 12 capital letters or digits
 * @param minBalanceMinor lowest balance that a transfer may leave, at most 0; {@link #UNLIMITED} for none
 */
public record OpenAccount(UUID id, String ledger, String asset, long minBalanceMinor) implements LedgerCommand {
    /** The lowest balance of an account that may go below zero without limit. */
    public static final long UNLIMITED = Long.MIN_VALUE;

    public static final int LEDGER_LENGTH_MAX = 64;
    public static final Pattern ASSET = Pattern.compile("[A-Z0-9]{3,12}");

    public OpenAccount {
        if (ledger.isEmpty() || ledger.length() > LEDGER_LENGTH_MAX) {
            throw new IllegalArgumentException("ledger has " + ledger.length() + " characters, 1 to 64 wanted");
        }
        if (!ASSET.matcher(asset).matches()) {
            throw new IllegalArgumentException("asset '" + asset + "' is not 3 to 12 capital letters or digits");
        }
        if (minBalanceMinor > 0) {
            throw new IllegalArgumentException(
                    "minBalanceMinor " + minBalanceMinor + " is above the opening balance 0");
        }
    }

    @Override
    public Route route() {
        return new Route.Creating(ledger, id);
    }

    @Override
    public UUID leading() {
        return id;
    }
}
