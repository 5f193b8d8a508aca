package io.mainstay.domain.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What callers are told of a transfer from one account to another, whichever event it has become. What another shard knows
 * is null.
 *
 * @param expires when the reservation ends; null if it is none
 */
record Moved(
        UUID id,
        Side from,
        @Nullable Side to,
        String asset,
        long amountMinor,
        String reference,
        @Nullable Instant expires) {
    /** One account; what it has since, if this shard knows. */
    record Side(
            UUID account,
            @Nullable Long balanceMinor,
            @Nullable Long reservedMinor,
            @Nullable Long expectedMinor,
            @Nullable Long version) {
        private static Side elsewhere(UUID account) {
            return new Side(account, null, null, null, null);
        }

        private static Side of(Entry entry) {
            return new Side(
                    entry.account(),
                    entry.balanceMinor(),
                    entry.reservedMinor(),
                    entry.expectedMinor(),
                    entry.version());
        }
    }

    static Moved of(TransferPosted posted) {
        return new Moved(
                posted.id(),
                new Side(posted.from(), posted.fromBalanceMinor(), null, null, posted.fromVersion()),
                new Side(posted.to(), posted.toBalanceMinor(), null, null, posted.toVersion()),
                posted.asset(),
                posted.amountMinor(),
                posted.reference(),
                null);
    }

    /** Of a transfer with one leg here, the debit. */
    static Moved of(TakenOut taken) {
        Entry from = taken.entries().get(0);
        return new Moved(
                taken.id(),
                Side.of(from),
                Side.elsewhere(taken.elsewhere().get(0).leg().account()),
                from.asset(),
                -from.balanceChangeMinor(),
                taken.reference(),
                null);
    }

    static Moved of(TransferReserved reserved) {
        return new Moved(
                reserved.id(),
                Side.of(reserved.entries().get(0)),
                Side.of(reserved.entries().get(1)),
                reserved.asset(),
                reserved.amountMinor(),
                reserved.reference(),
                time(reserved.expiresMicros()));
    }

    static Moved of(AmountHeld held) {
        return new Moved(
                held.id(),
                Side.of(held.entries().get(0)),
                Side.elsewhere(held.to().leg().account()),
                held.from().asset(),
                -held.from().amountMinor(),
                held.reference(),
                time(held.expiresMicros()));
    }

    static Moved of(TransferConfirmed confirmed) {
        return released(confirmed.id(), confirmed.entries(), confirmed.amountMinor());
    }

    static Moved of(HeldTaken taken) {
        return released(taken.id(), taken.entries(), taken.amountMinor());
    }

    static Moved of(TransferCancelled cancelled) {
        return released(
                cancelled.id(), cancelled.entries(), -cancelled.entries().get(0).reservedChangeMinor());
    }

    /** The debit comes first; the credit is there if it is an account of this shard. */
    private static Moved released(UUID id, List<Entry> entries, long amountMinor) {
        return new Moved(
                id,
                Side.of(entries.get(0)),
                entries.size() > 1 ? Side.of(entries.get(1)) : null,
                entries.get(0).asset(),
                amountMinor,
                "",
                null);
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
