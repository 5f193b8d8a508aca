package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Open an account with a balance of zero.
 *
 * @param ledger decides the shard: accounts of one ledger transact fastest with each other; 1 to 64 characters
 * @param asset what the account holds: 3 to 12 capital letters or digits
 * @param minBalanceMinor lowest balance that a transfer may leave, at most 0; {@link #UNLIMITED} for none
 * @param maxBalanceMinor highest balance that a transfer may leave, at least 0; {@link #UNLIMITED_MAX} for none
 * @param reference free text for people, up to 140 characters; empty if there is none
 * @param owner a party of the same shard, or none
 */
public record OpenAccount(
        String tenant,
        UUID id,
        String ledger,
        String asset,
        long minBalanceMinor,
        long maxBalanceMinor,
        String reference,
        Optional<UUID> owner)
        implements AccountCommand {
    /** The lowest balance of an account that may go below zero without limit. */
    public static final long UNLIMITED = Long.MIN_VALUE;

    /** The highest balance of an account without a limit. */
    public static final long UNLIMITED_MAX = Long.MAX_VALUE;

    public static final int LEDGER_LENGTH_MAX = 64;
    public static final int REFERENCE_LENGTH_MAX = 140;
    public static final Pattern ASSET = Pattern.compile("[A-Z0-9]{3,12}");

    public OpenAccount {
        Checks.tenant(tenant);
        Checks.text("ledger", ledger, 1, LEDGER_LENGTH_MAX);
        Fields.checkAsset(asset);
        Checks.text("reference", reference, 0, REFERENCE_LENGTH_MAX);
        if (minBalanceMinor > 0) {
            throw new IllegalArgumentException(
                    "minBalanceMinor " + minBalanceMinor + " is above the opening balance 0");
        }
        if (maxBalanceMinor < 0) {
            throw new IllegalArgumentException(
                    "maxBalanceMinor " + maxBalanceMinor + " is below the opening balance 0");
        }
    }

    /** An account of the tenant of those who name none, with nothing but a lowest balance. */
    public OpenAccount(UUID id, String ledger, String asset, long minBalanceMinor) {
        this("", id, ledger, asset, minBalanceMinor, UNLIMITED_MAX, "", Optional.empty());
    }

    @Override
    public Route route() {
        return new Route.Creating(Fields.shardKey(tenant, ledger), id);
    }

    @Override
    public UUID leading() {
        return id;
    }
}
