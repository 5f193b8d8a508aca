package io.mainstay.domain.ledger;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What events about transfers with entries make of the state, and how that is undone. */
final class TransferChanges {
    private TransferChanges() {}

    static void apply(LedgerState state, EntriesEvent event) {
        List<Entry> entries = event.entries();
        for (int index = 0; index < entries.size(); index++) {
            state.move(entries.get(index));
        }
        TransferTable transfers = state.transfers();
        PendingTransfers pending = state.pending();
        String tenant = event.tenant();
        UUID id = event.id();
        switch (event) {
            case EntriesPosted posted -> {
                posted.reverses().ifPresent(original -> transfers.mark(original, TransferStage.REVERSED));
                state.finish(tenant, id, TransferStage.POSTED, legs(entries), List.of());
            }
            case TransferReserved reserved ->
                pending.add(new Pending(
                        tenant,
                        id,
                        TransferStage.RESERVED,
                        List.of(
                                new Leg(reserved.from(), reserved.asset(), -reserved.amountMinor()),
                                new Leg(reserved.to(), reserved.asset(), reserved.amountMinor())),
                        List.of(),
                        Optional.empty(),
                        reserved.expiresMicros(),
                        0));
            case TransferConfirmed confirmed ->
                finish(state, pending.remove(id).reducedTo(confirmed.amountMinor()), TransferStage.POSTED);
            case TransferCancelled cancelled -> finish(state, pending.remove(id), TransferStage.CANCELLED);
            case TransferExpired expired -> finish(state, pending.remove(id), TransferStage.EXPIRED);
            case TakenOut taken -> {
                taken.reverses().ifPresent(original -> transfers.mark(original, TransferStage.REVERSING));
                pending.add(new Pending(
                        tenant,
                        id,
                        taken.elsewhere().isEmpty() ? TransferStage.TAKEN : TransferStage.UNDER_WAY,
                        legs(entries),
                        taken.elsewhere(),
                        taken.reverses(),
                        0,
                        0));
            }
            case EntriesPutIn put -> transfers.addBare(id, TransferStage.VISITED);
            case Settled settled -> settle(state, id);
            case Returned returned -> giveBack(state, id);
            case AmountHeld held ->
                pending.add(new Pending(
                        tenant,
                        id,
                        TransferStage.RESERVING,
                        List.of(held.from()),
                        List.of(held.to()),
                        Optional.empty(),
                        held.expiresMicros(),
                        0));
            case HeldTaken taken ->
                pending.replace(pendingOf(state, id).at(TransferStage.CONFIRMING, taken.amountMinor()));
            case AmountExpected expected ->
                pending.add(new Pending(
                        tenant, id, TransferStage.EXPECTED, List.of(expected.to()), List.of(), Optional.empty(), 0, 0));
            case ExpectedGiven given -> visited(state, id);
            case ExpectedReleased released -> visited(state, id);
        }
    }

    /** Undoes {@link #apply} of the event applied last. */
    static void revert(LedgerState state, EntriesEvent event) {
        TransferTable transfers = state.transfers();
        PendingTransfers pending = state.pending();
        UUID id = event.id();
        switch (event) {
            case EntriesPosted posted -> {
                transfers.removeNewest(id);
                posted.reverses().ifPresent(original -> transfers.mark(original, TransferStage.POSTED));
            }
            case TransferReserved reserved -> pending.drop(id);
            case TransferConfirmed confirmed -> unfinish(state, id);
            case TransferCancelled cancelled -> unfinish(state, id);
            case TransferExpired expired -> unfinish(state, id);
            case TakenOut taken -> {
                pending.drop(id);
                taken.reverses().ifPresent(original -> transfers.mark(original, TransferStage.POSTED));
            }
            case EntriesPutIn put -> transfers.removeNewest(id);
            case Settled settled -> unsettle(state, settled);
            case Returned returned -> {
                pending.restore(id).reverses().ifPresent(original -> transfers.mark(original, TransferStage.REVERSING));
            }
            case AmountHeld held -> pending.drop(id);
            case HeldTaken taken -> pending.restore(id);
            case AmountExpected expected -> pending.drop(id);
            case ExpectedGiven given -> unfinish(state, id);
            case ExpectedReleased released -> unfinish(state, id);
        }
        List<Entry> entries = event.entries();
        for (int index = entries.size() - 1; index >= 0; index--) {
            state.moveBack(entries.get(index));
        }
    }

    private static void settle(LedgerState state, UUID id) {
        Pending before = pendingOf(state, id);
        switch (before.stage()) {
            case RESERVING -> state.pending().replace(before.at(TransferStage.RESERVED, 0));
            case CONFIRMING ->
                finish(state, state.pending().remove(id).reducedTo(before.confirmingMinor()), TransferStage.POSTED);
            case UNDER_WAY -> {
                before.reverses().ifPresent(original -> state.transfers().mark(original, TransferStage.REVERSED));
                finish(state, state.pending().remove(id), TransferStage.POSTED);
            }
            case TAKEN -> visited(state, id);
            default -> throw new IllegalStateException("transfer " + id + " settled at " + before.stage());
        }
    }

    private static void unsettle(LedgerState state, Settled settled) {
        if (settled.stage() != TransferStage.RESERVED) {
            state.transfers().removeNewest(settled.id());
        }
        state.pending()
                .restore(settled.id())
                .reverses()
                .ifPresent(original -> state.transfers().mark(original, TransferStage.REVERSING));
    }

    private static void giveBack(LedgerState state, UUID id) {
        Pending before = pendingOf(state, id);
        if (before.stage() == TransferStage.CONFIRMING) {
            state.pending().replace(before.at(TransferStage.RESERVED, 0));
            return;
        }
        before.reverses().ifPresent(original -> state.transfers().mark(original, TransferStage.POSTED));
        state.pending().remove(id);
    }

    private static void finish(LedgerState state, Pending done, TransferStage stage) {
        state.finish(done.tenant(), done.id(), stage, done.legs(), done.elsewhere());
    }

    private static void visited(LedgerState state, UUID id) {
        state.pending().remove(id);
        state.transfers().addBare(id, TransferStage.VISITED);
    }

    private static void unfinish(LedgerState state, UUID id) {
        state.transfers().removeNewest(id);
        state.pending().restore(id);
    }

    private static Pending pendingOf(LedgerState state, UUID id) {
        return Objects.requireNonNull(state.pending().find(id));
    }

    /** Of entries that post at once, or that take out: what is only expected is a credit. */
    private static List<Leg> legs(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new Leg(
                        entry.account(),
                        entry.asset(),
                        entry.balanceChangeMinor() != 0 ? entry.balanceChangeMinor() : entry.expectedChangeMinor()))
                .toList();
    }
}
