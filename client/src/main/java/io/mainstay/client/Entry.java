package io.mainstay.client;

import java.time.Instant;
import java.util.UUID;

/**
 * One account's side of a transfer.
 *
 * @param amountMinor above zero if the account received, below if it gave
 * @param balanceMinor of the account after the transfer
 * @param version of the account after the transfer
 */
public record Entry(
        String id,
        UUID transferId,
        UUID counterparty,
        long amountMinor,
        long balanceMinor,
        long version,
        String reference,
        Position position,
        Instant postedAt) {}
