package io.mainstay.domain.ledger;

import java.util.UUID;

/**
 * One account's part of a transfer.
 *
 * @param asset what the account has to hold; empty for whatever it holds
 * @param amountMinor what is given to the account, or taken from it if negative; neither 0 nor {@link Long#MIN_VALUE}
 */
public record Leg(UUID account, String asset, long amountMinor) {
    public Leg {
        if (!asset.isEmpty()) {
            Fields.checkAsset(asset);
        }
        if (amountMinor == 0 || amountMinor == Long.MIN_VALUE) {
            throw new IllegalArgumentException("amountMinor is " + amountMinor + ", a number with an opposite wanted");
        }
    }

    public Leg(UUID account, long amountMinor) {
        this(account, "", amountMinor);
    }

    boolean isDebit() {
        return amountMinor < 0;
    }

    Leg reversed() {
        return new Leg(account, asset, -amountMinor);
    }
}
