package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as it was at a position of its shard's log.
 *
 * @param status open, frozen or closed
 * @param minBalanceMinor lowest balance that a transfer may leave; null for no limit
 * @param maxBalanceMinor highest balance that a transfer may leave; null for no limit
 * @param reservedMinor part of the balance that transfers not yet confirmed may take
 * @param expectedMinor what transfers that are not finished may bring
 * @param reference free text for people; empty if there is none
 * @param owner a party; null if there is none
 * @param version 1 when opened, and one more for each change
 */
public record Account(
        UUID id,
        String ledger,
        String asset,
        String status,
        @Nullable Long minBalanceMinor,
        @Nullable Long maxBalanceMinor,
        long balanceMinor,
        long reservedMinor,
        long expectedMinor,
        String reference,
        @Nullable UUID owner,
        long version,
        Position position) {
    /** The balance without what is reserved. */
    public long availableMinor() {
        return balanceMinor - reservedMinor;
    }
}
