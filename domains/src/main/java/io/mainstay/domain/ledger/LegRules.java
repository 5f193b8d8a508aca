package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one shard's part in a transfer that spans shards. Taken first, given later: what may come back, or will come,
 * counts as expected, so that neither settling nor returning can break a limit.
 */
final class LegRules {
    private LegRules() {}

    static Decision<LedgerEvent> decide(LedgerState state, LegCommand command, CommandContext context) {
        return switch (command) {
            case TakeOut out -> decideTakeOut(state, out);
            case PutIn put -> decidePutIn(state, put);
            case Settle settle -> decideSettle(state, settle);
            case Return back -> decideReturn(state, back);
            case HoldAmount hold -> decideHold(state, hold);
            case TakeHeld take -> decideTakeHeld(state, take, context);
            case Expect expect -> decideExpect(state, expect);
            case GiveExpected give -> decideGive(state, give);
            case ReleaseExpected release -> decideRelease(state, release);
        };
    }

    /**
     * Null if each leg's account can give or take its amount, all at once: they are different accounts.
     *
     * @param indexes of each leg, where it stands in the command that is to blame
     */
    static @Nullable Rejection check(
            LedgerState state, String tenant, List<Leg> legs, IntUnaryOperator indexes, Pointers pointers) {
        for (int index = 0; index < legs.size(); index++) {
            Leg leg = legs.get(index);
            int inCommand = indexes.applyAsInt(index);
            int row = state.find(tenant, leg.account());
            if (row == AccountTable.NONE) {
                return Amounts.unknown(leg.account(), pointers.account(inCommand));
            }
            if (!leg.asset().equals(state.assetOf(row))) {
                return LedgerRefusal.ASSET_MISMATCH.because(
                        "Account %s holds %s, not %s.".formatted(leg.account(), state.assetOf(row), leg.asset()),
                        pointers.account(inCommand));
            }
            String account = pointers.account(inCommand);
            String amount = pointers.amount(inCommand);
            Rejection refused = leg.isDebit()
                    ? Amounts.checkDebit(state, row, -leg.amountMinor(), account, amount)
                    : Amounts.checkCredit(state, row, leg.amountMinor(), account, amount);
            if (refused != null) {
                return refused;
            }
        }
        return null;
    }

    /** Entries that give and take at once. */
    static List<Entry> posted(LedgerState state, List<Leg> legs) {
        List<Entry> entries = new ArrayList<>(legs.size());
        for (Leg leg : legs) {
            entries.add(Entry.of(state, row(state, leg), leg.amountMinor(), 0, 0));
        }
        return entries;
    }

    /** Null if the shard can take on one more transfer of this id that is not finished. */
    static @Nullable Rejection checkFresh(LedgerState state, UUID id) {
        if (state.knowsTransfer(id)) {
            return exists(id);
        }
        return state.pending().size() < LedgerState.RESERVATIONS_MAX
                ? null
                : LedgerRefusal.RESERVATIONS_TOO_MANY.because(
                        "The shard has %d transfers that are not finished; confirm or cancel some."
                                .formatted(state.pending().size()),
                        "");
    }

    static Rejection exists(UUID id) {
        return LedgerRefusal.TRANSFER_EXISTS.because("Transfer " + id + " exists already.", "/id");
    }

    private static Decision<LedgerEvent> decideTakeOut(LedgerState state, TakeOut out) {
        Rejection refused = checkFresh(state, out.id());
        if (refused == null) {
            refused = check(state, out.tenant(), out.legs(), index -> index, Pointers.NONE);
        }
        for (int index = 0; refused == null && index < out.legs().size(); index++) {
            Leg leg = out.legs().get(index);
            refused = Amounts.checkExpect(state, row(state, leg), Math.abs(leg.amountMinor()), "");
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        List<Entry> entries = new ArrayList<>(out.legs().size());
        for (Leg leg : out.legs()) {
            long amount = leg.amountMinor();
            entries.add(Entry.of(state, row(state, leg), leg.isDebit() ? amount : 0, 0, Math.abs(amount)));
        }
        return Decision.accept(
                new TakenOut(out.tenant(), out.id(), out.elsewhere(), out.reverses(), out.reference(), entries));
    }

    private static Decision<LedgerEvent> decidePutIn(LedgerState state, PutIn put) {
        Rejection refused = state.knowsTransfer(put.id())
                ? exists(put.id())
                : check(state, put.tenant(), put.legs(), index -> index, Pointers.NONE);
        return refused == null
                ? Decision.accept(new EntriesPutIn(put.tenant(), put.id(), posted(state, put.legs())))
                : Decision.reject(refused);
    }

    private static Decision<LedgerEvent> decideSettle(LedgerState state, Settle settle) {
        Pending pending = state.pending().find(settle.id());
        if (pending == null) {
            return unknown(settle.id());
        }
        return switch (pending.stage()) {
            case RESERVING ->
                Decision.accept(new Settled(settle.tenant(), settle.id(), TransferStage.RESERVED, List.of()));
            case CONFIRMING -> {
                long amount = pending.confirmingMinor();
                yield Decision.accept(new Settled(
                        settle.tenant(),
                        settle.id(),
                        TransferStage.POSTED,
                        List.of(Entry.of(state, row(state, pending), 0, amount - pending.amountMinor(), -amount))));
            }
            case UNDER_WAY ->
                Decision.accept(
                        new Settled(settle.tenant(), settle.id(), TransferStage.POSTED, settled(state, pending)));
            case TAKEN ->
                Decision.accept(
                        new Settled(settle.tenant(), settle.id(), TransferStage.VISITED, settled(state, pending)));
            default -> unknown(settle.id());
        };
    }

    private static List<Entry> settled(LedgerState state, Pending pending) {
        List<Entry> entries = new ArrayList<>(pending.legs().size());
        for (Leg leg : pending.legs()) {
            long amount = leg.amountMinor();
            entries.add(Entry.of(state, row(state, leg), leg.isDebit() ? 0 : amount, 0, -Math.abs(amount)));
        }
        return entries;
    }

    private static Decision<LedgerEvent> decideReturn(LedgerState state, Return back) {
        Pending pending = state.pending().find(back.id());
        if (pending == null) {
            return unknown(back.id());
        }
        List<Entry> entries = switch (pending.stage()) {
            case RESERVING -> List.of(Entry.of(state, row(state, pending), 0, -pending.amountMinor(), 0));
            case CONFIRMING -> {
                long amount = pending.confirmingMinor();
                yield List.of(Entry.of(state, row(state, pending), amount, amount, -amount));
            }
            case UNDER_WAY, TAKEN -> returned(state, pending);
            default -> List.of();
        };
        return entries.isEmpty() && pending.stage() != TransferStage.UNDER_WAY
                ? unknown(back.id())
                : Decision.accept(new Returned(back.tenant(), back.id(), pending.stage(), entries));
    }

    private static List<Entry> returned(LedgerState state, Pending pending) {
        List<Entry> entries = new ArrayList<>(pending.legs().size());
        for (Leg leg : pending.legs()) {
            long amount = leg.amountMinor();
            entries.add(Entry.of(state, row(state, leg), leg.isDebit() ? -amount : 0, 0, -Math.abs(amount)));
        }
        return entries;
    }

    private static Decision<LedgerEvent> decideHold(LedgerState state, HoldAmount hold) {
        Rejection refused = checkFresh(state, hold.id());
        if (refused == null) {
            refused = check(state, hold.tenant(), List.of(hold.from()), index -> index, Pointers.NONE);
        }
        if (refused == null) {
            refused = Amounts.checkReserve(
                    state, row(state, hold.from()), -hold.from().amountMinor(), "");
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        return Decision.accept(new AmountHeld(
                hold.tenant(),
                hold.id(),
                hold.from(),
                hold.to(),
                hold.reference(),
                hold.expiresMicros(),
                List.of(Entry.of(state, row(state, hold.from()), 0, -hold.from().amountMinor(), 0))));
    }

    private static Decision<LedgerEvent> decideTakeHeld(LedgerState state, TakeHeld take, CommandContext context) {
        Rejection refused =
                ReservationRules.checkReserved(state, take.tenant(), take.id(), take.amountMinor(), context);
        Pending pending = state.pending().find(take.id());
        if (refused != null || pending == null) {
            return refused == null ? unknown(take.id()) : Decision.reject(refused);
        }
        long amount = take.amountMinor();
        Rejection overflow = Amounts.checkExpect(state, row(state, pending), amount, "/amountMinor");
        if (overflow != null) {
            return Decision.reject(overflow);
        }
        return Decision.accept(new HeldTaken(
                take.tenant(),
                take.id(),
                amount,
                List.of(Entry.of(state, row(state, pending), -amount, -amount, amount))));
    }

    private static Decision<LedgerEvent> decideExpect(LedgerState state, Expect expect) {
        Rejection refused = checkFresh(state, expect.id());
        if (refused == null) {
            refused = check(state, expect.tenant(), List.of(expect.to()), index -> index, Pointers.NONE);
        }
        if (refused == null) {
            refused = Amounts.checkExpect(
                    state, row(state, expect.to()), expect.to().amountMinor(), "");
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        return Decision.accept(new AmountExpected(
                expect.tenant(),
                expect.id(),
                expect.to(),
                List.of(Entry.of(
                        state, row(state, expect.to()), 0, 0, expect.to().amountMinor()))));
    }

    private static Decision<LedgerEvent> decideGive(LedgerState state, GiveExpected give) {
        Pending pending = state.pending().find(give.id());
        if (pending == null || pending.stage() != TransferStage.EXPECTED) {
            return unknown(give.id());
        }
        if (give.amountMinor() > pending.amountMinor()) {
            return Decision.reject(ReservationRules.tooMuch(give.id(), give.amountMinor(), pending.amountMinor()));
        }
        return Decision.accept(new ExpectedGiven(
                give.tenant(),
                give.id(),
                give.amountMinor(),
                List.of(Entry.of(state, row(state, pending), give.amountMinor(), 0, -pending.amountMinor()))));
    }

    private static Decision<LedgerEvent> decideRelease(LedgerState state, ReleaseExpected release) {
        Pending pending = state.pending().find(release.id());
        if (pending == null || pending.stage() != TransferStage.EXPECTED) {
            return unknown(release.id());
        }
        return Decision.accept(new ExpectedReleased(
                release.tenant(),
                release.id(),
                List.of(Entry.of(state, row(state, pending), 0, 0, -pending.amountMinor()))));
    }

    private static Decision<LedgerEvent> unknown(UUID id) {
        return Decision.reject(ReservationRules.unknown(id, "/id"));
    }

    /** The row of a reservation's first account here. */
    private static int row(LedgerState state, Pending pending) {
        return row(state, pending.legs().get(0));
    }

    private static int row(LedgerState state, Leg leg) {
        return state.accounts().find(leg.account());
    }
}
