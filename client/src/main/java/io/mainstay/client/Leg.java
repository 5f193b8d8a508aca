package io.mainstay.client;

import java.util.UUID;

/**
 * One account's part of a transfer.
 *
 * @param asset what the account has to hold; empty, in an order, for whatever it holds
 * @param amountMinor below zero if it leaves the account; not 0
 */
public record Leg(UUID account, String asset, long amountMinor) {
    public Leg(UUID account, long amountMinor) {
        this(account, "", amountMinor);
    }
}
