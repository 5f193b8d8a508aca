package io.mainstay.domain.ledger;

import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What events about transfers become in tables.
 *
 * <p>A transfer's row says {@code posted}, {@code reserved}, {@code in-flight} (other shards have not answered yet),
 * {@code cancelled}, {@code expired}, or {@code returned} (another shard has refused it).
 */
final class TransferRows {
    static final String POSTED = "posted";
    static final String RESERVED = "reserved";
    static final String IN_FLIGHT = "in-flight";
    static final String CANCELLED = "cancelled";
    static final String EXPIRED = "expired";
    static final String RETURNED = "returned";

    private static final int DEBIT = 0;
    private static final int CREDIT = 1;

    private TransferRows() {}

    static void project(TransferPosted posted, LogPlace place, RowChanges rows) {
        rows.update(AccountRows.account(posted.from(), posted.fromVersion())
                .set(LedgerTables.ACCOUNT_BALANCE, posted.fromBalanceMinor()));
        rows.update(AccountRows.account(posted.to(), posted.toVersion())
                .set(LedgerTables.ACCOUNT_BALANCE, posted.toBalanceMinor()));
        rows.insertOwn(made(posted.tenant(), posted.id(), POSTED, posted.reference(), place)
                .set(LedgerTables.TRANSFER_FROM, posted.from())
                .set(LedgerTables.TRANSFER_TO, posted.to())
                .set(LedgerTables.TRANSFER_ASSET, posted.asset())
                .set(LedgerTables.TRANSFER_AMOUNT, posted.amountMinor()));
        rows.insert(entry(posted.id(), posted.asset(), posted.reference(), place, DEBIT)
                .set(LedgerTables.ENTRY_TENANT, posted.tenant())
                .set(LedgerTables.ENTRY_ACCOUNT, posted.from())
                .set(LedgerTables.ENTRY_COUNTERPARTY, posted.to())
                .set(LedgerTables.ENTRY_AMOUNT, -posted.amountMinor())
                .set(LedgerTables.ENTRY_BALANCE, posted.fromBalanceMinor())
                .set(LedgerTables.ENTRY_VERSION, posted.fromVersion()));
        rows.insert(entry(posted.id(), posted.asset(), posted.reference(), place, CREDIT)
                .set(LedgerTables.ENTRY_TENANT, posted.tenant())
                .set(LedgerTables.ENTRY_ACCOUNT, posted.to())
                .set(LedgerTables.ENTRY_COUNTERPARTY, posted.from())
                .set(LedgerTables.ENTRY_AMOUNT, posted.amountMinor())
                .set(LedgerTables.ENTRY_BALANCE, posted.toBalanceMinor())
                .set(LedgerTables.ENTRY_VERSION, posted.toVersion()));
    }

    static void project(EntriesEvent event, LogPlace place, RowChanges rows) {
        transfer(event, place, rows);
        List<Leg> legs = legs(event);
        int number = 0;
        for (Entry entry : event.entries()) {
            rows.update(AccountRows.account(entry.account(), entry.version())
                    .set(LedgerTables.ACCOUNT_BALANCE, entry.balanceMinor())
                    .set(LedgerTables.ACCOUNT_RESERVED, entry.reservedMinor())
                    .set(LedgerTables.ACCOUNT_EXPECTED, entry.expectedMinor()));
            if (entry.balanceChangeMinor() != 0) {
                rows.insert(entry(event.id(), entry.asset(), reference(event), place, number)
                        .set(LedgerTables.ENTRY_TENANT, event.tenant())
                        .set(LedgerTables.ENTRY_ACCOUNT, entry.account())
                        .set(LedgerTables.ENTRY_COUNTERPARTY, counterparty(legs, entry.account()))
                        .set(LedgerTables.ENTRY_AMOUNT, entry.balanceChangeMinor())
                        .set(LedgerTables.ENTRY_BALANCE, entry.balanceMinor())
                        .set(LedgerTables.ENTRY_VERSION, entry.version()));
            }
            number++;
        }
    }

    /** Only the transfer's home tells of the transfer itself. */
    private static void transfer(EntriesEvent event, LogPlace place, RowChanges rows) {
        String tenant = event.tenant();
        UUID id = event.id();
        switch (event) {
            case EntriesPosted posted ->
                made(tenant, id, POSTED, posted.reference(), legs(posted), posted.reverses(), place, rows);
            case TakenOut taken -> {
                if (!taken.elsewhere().isEmpty()) {
                    made(tenant, id, IN_FLIGHT, taken.reference(), legs(taken), taken.reverses(), place, rows);
                }
            }
            case TransferReserved reserved ->
                rows.insertOwn(between(made(tenant, id, RESERVED, reserved.reference(), place), legs(reserved))
                        .set(LedgerTables.TRANSFER_EXPIRES_AT, Moved.time(reserved.expiresMicros())));
            case AmountHeld held ->
                rows.insertOwn(between(made(tenant, id, IN_FLIGHT, held.reference(), place), legs(held))
                        .set(LedgerTables.TRANSFER_EXPIRES_AT, Moved.time(held.expiresMicros())));
            case TransferConfirmed confirmed ->
                rows.updateOwn(now(id, POSTED).set(LedgerTables.TRANSFER_AMOUNT, confirmed.amountMinor()));
            case HeldTaken taken -> rows.updateOwn(now(id, IN_FLIGHT));
            case TransferCancelled cancelled -> rows.updateOwn(now(id, CANCELLED));
            case TransferExpired expired -> rows.updateOwn(now(id, EXPIRED));
            case Settled settled -> settle(settled, rows);
            case Returned returned -> giveBack(returned, rows);
            case EntriesPutIn put -> {}
            case AmountExpected expected -> {}
            case ExpectedGiven given -> {}
            case ExpectedReleased released -> {}
        }
    }

    /** A reservation of which only a part was confirmed is over that part since. */
    private static void settle(Settled settled, RowChanges rows) {
        switch (settled.stage()) {
            case RESERVED -> rows.updateOwn(now(settled.id(), RESERVED));
            case POSTED -> {
                Row row = now(settled.id(), POSTED);
                for (Entry entry : settled.entries()) {
                    if (entry.reservedChangeMinor() < 0) {
                        row.set(LedgerTables.TRANSFER_AMOUNT, -entry.expectedChangeMinor());
                    }
                }
                rows.updateOwn(row);
            }
            default -> {}
        }
    }

    private static void giveBack(Returned returned, RowChanges rows) {
        switch (returned.stage()) {
            case CONFIRMING -> rows.updateOwn(now(returned.id(), RESERVED));
            case UNDER_WAY, RESERVING -> rows.updateOwn(now(returned.id(), RETURNED));
            default -> {}
        }
    }

    private static void made(
            String tenant,
            UUID id,
            String status,
            String reference,
            List<Leg> legs,
            Optional<UUID> reverses,
            LogPlace place,
            RowChanges rows) {
        rows.insertOwn(between(made(tenant, id, status, reference, place), legs)
                .set(LedgerTables.TRANSFER_REVERSES, reverses.orElse(null)));
        reverses.ifPresent(original -> rows.updateOwn(Row.of(LedgerTables.TRANSFERS)
                .set(LedgerTables.TRANSFER_ID, original)
                .set(LedgerTables.TRANSFER_REVERSED_BY, id)));
    }

    private static Row made(String tenant, UUID id, String status, String reference, LogPlace place) {
        return now(id, status)
                .set(LedgerTables.TRANSFER_TENANT, tenant)
                .set(LedgerTables.TRANSFER_FROM, null)
                .set(LedgerTables.TRANSFER_TO, null)
                .set(LedgerTables.TRANSFER_ASSET, null)
                .set(LedgerTables.TRANSFER_AMOUNT, null)
                .set(LedgerTables.TRANSFER_REFERENCE, AccountRows.orNull(reference))
                .set(LedgerTables.TRANSFER_REVERSES, null)
                .set(LedgerTables.TRANSFER_REVERSED_BY, null)
                .set(LedgerTables.TRANSFER_EXPIRES_AT, null)
                .set(LedgerTables.TRANSFER_OFFSET, place.offset());
    }

    private static Row now(UUID id, String status) {
        return Row.of(LedgerTables.TRANSFERS)
                .set(LedgerTables.TRANSFER_ID, id)
                .set(LedgerTables.TRANSFER_STATUS, status);
    }

    /** The two accounts of a transfer that has two. */
    private static Row between(Row row, List<Leg> legs) {
        if (legs.size() != 2 || legs.get(DEBIT).isDebit() == legs.get(CREDIT).isDebit()) {
            return row;
        }
        int debit = legs.get(DEBIT).isDebit() ? DEBIT : CREDIT;
        return row.set(LedgerTables.TRANSFER_FROM, legs.get(debit).account())
                .set(LedgerTables.TRANSFER_TO, legs.get(1 - debit).account())
                .set(LedgerTables.TRANSFER_ASSET, legs.get(debit).asset())
                .set(LedgerTables.TRANSFER_AMOUNT, legs.get(1 - debit).amountMinor());
    }

    /** All legs of a transfer, if the event knows them; else those that it changes. */
    private static List<Leg> legs(EntriesEvent event) {
        return switch (event) {
            case TransferReserved reserved ->
                List.of(
                        new Leg(reserved.from(), reserved.asset(), -reserved.amountMinor()),
                        new Leg(reserved.to(), reserved.asset(), reserved.amountMinor()));
            case AmountHeld held -> List.of(held.from(), held.to().leg());
            case TakenOut taken -> {
                List<Leg> legs = new ArrayList<>(legs(taken.entries()));
                taken.elsewhere().forEach(far -> legs.add(far.leg()));
                yield legs;
            }
            case EntriesPosted posted -> legs(posted.entries());
            case TransferConfirmed confirmed -> legs(confirmed.entries());
            default -> List.of();
        };
    }

    private static List<Leg> legs(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new Leg(
                        entry.account(),
                        entry.asset(),
                        entry.balanceChangeMinor() != 0 ? entry.balanceChangeMinor() : entry.expectedChangeMinor()))
                .toList();
    }

    private static @Nullable UUID counterparty(List<Leg> legs, UUID account) {
        if (legs.size() != 2) {
            return null;
        }
        UUID first = legs.get(DEBIT).account();
        return first.equals(account) ? legs.get(CREDIT).account() : first;
    }

    private static String reference(EntriesEvent event) {
        return switch (event) {
            case EntriesPosted posted -> posted.reference();
            case TakenOut taken -> taken.reference();
            default -> "";
        };
    }

    private static Row entry(UUID transfer, String asset, String reference, LogPlace place, int number) {
        return Row.of(LedgerTables.ENTRIES)
                .set(LedgerTables.ENTRY_ID, place.id(number))
                .set(LedgerTables.ENTRY_TRANSFER, transfer)
                .set(LedgerTables.ENTRY_ASSET, asset)
                .set(LedgerTables.ENTRY_REFERENCE, AccountRows.orNull(reference))
                .set(LedgerTables.ENTRY_OFFSET, place.offset());
    }
}
