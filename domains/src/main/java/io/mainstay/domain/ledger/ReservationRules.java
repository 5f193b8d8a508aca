package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of transfers in two phases: reserve, then confirm, cancel, or expire by the engine's clock. */
final class ReservationRules {
    /** Reservations that expire in one entry of the log. */
    private static final int EXPIRED_MAX = 256;

    private ReservationRules() {}

    static Decision<LedgerEvent> decideReserve(LedgerState state, ReserveTransfer reserve, CommandContext context) {
        int from = state.find(reserve.tenant(), reserve.from());
        if (from == AccountTable.NONE) {
            return Decision.reject(Amounts.unknown(reserve.from(), "/from"));
        }
        if (reserve.from().equals(reserve.to())) {
            return Decision.reject(TransferRules.sameAccount(reserve.from()));
        }
        int toShard = context.shardOf(reserve.to());
        int to = toShard == context.shard() ? state.find(reserve.tenant(), reserve.to()) : AccountTable.NONE;
        if (toShard == context.shard() && to == AccountTable.NONE) {
            return Decision.reject(Amounts.unknown(reserve.to(), "/to"));
        }
        Rejection refused = LegRules.checkFresh(state, reserve.id());
        if (refused == null && to != AccountTable.NONE) {
            refused = TransferRules.checkAssets(state, from, to);
        }
        if (refused == null) {
            refused = Amounts.checkDebit(state, from, reserve.amountMinor(), "/from", "/amountMinor");
        }
        if (refused == null) {
            refused = Amounts.checkReserve(state, from, reserve.amountMinor(), "/amountMinor");
        }
        if (refused == null && to != AccountTable.NONE) {
            refused = Amounts.checkCredit(state, to, reserve.amountMinor(), "/to", "/amountMinor");
        }
        if (refused == null && to != AccountTable.NONE) {
            refused = Amounts.checkExpect(state, to, reserve.amountMinor(), "/amountMinor");
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        long amount = reserve.amountMinor();
        String asset = state.assetOf(from);
        long expiresMicros = context.nowMicros() + reserve.expiryMicros();
        if (to == AccountTable.NONE) {
            Leg debit = new Leg(reserve.from(), asset, -amount);
            Leg credit = new Leg(reserve.to(), asset, amount);
            return saga(
                    reserve.id(),
                    Saga.Step.compensable(
                            context.shard(),
                            new HoldAmount(
                                    reserve.tenant(),
                                    reserve.id(),
                                    debit,
                                    new FarLeg(toShard, credit),
                                    reserve.reference(),
                                    expiresMicros),
                            Optional.of(new Settle(reserve.tenant(), reserve.id())),
                            new Return(reserve.tenant(), reserve.id())),
                    Saga.Step.pivot(toShard, new Expect(reserve.tenant(), reserve.id(), credit)));
        }
        return Decision.accept(new TransferReserved(
                reserve.tenant(),
                reserve.id(),
                reserve.from(),
                reserve.to(),
                asset,
                amount,
                reserve.reference(),
                expiresMicros,
                List.of(Entry.of(state, from, 0, amount, 0), Entry.of(state, to, 0, 0, amount))));
    }

    static Decision<LedgerEvent> decideConfirm(LedgerState state, ConfirmTransfer confirm, CommandContext context) {
        Rejection refused = checkReserved(state, confirm.tenant(), confirm.id(), confirm.amountMinor(), context);
        Pending pending = state.pending().find(confirm.id());
        if (refused != null || pending == null) {
            return Decision.reject(refused == null ? unknown(confirm.id(), "/id") : refused);
        }
        long reserved = pending.amountMinor();
        long amount = confirm.amountMinor() == ConfirmTransfer.ALL ? reserved : confirm.amountMinor();
        if (!pending.elsewhere().isEmpty()) {
            return saga(
                    confirm.id(),
                    Saga.Step.compensable(
                            context.shard(),
                            new TakeHeld(confirm.tenant(), confirm.id(), amount),
                            Optional.of(new Settle(confirm.tenant(), confirm.id())),
                            new Return(confirm.tenant(), confirm.id())),
                    Saga.Step.pivot(
                            pending.elsewhere().get(0).shard(),
                            new GiveExpected(confirm.tenant(), confirm.id(), amount)));
        }
        return Decision.accept(new TransferConfirmed(
                confirm.tenant(),
                confirm.id(),
                amount,
                List.of(
                        Entry.of(state, row(state, pending, 0), -amount, -reserved, 0),
                        Entry.of(state, row(state, pending, 1), amount, 0, -reserved))));
    }

    static Decision<LedgerEvent> decideCancel(LedgerState state, CancelTransfer cancel, CommandContext context) {
        Rejection refused = checkReserved(state, cancel.tenant(), cancel.id(), ConfirmTransfer.ALL, context);
        Pending pending = state.pending().find(cancel.id());
        if (refused != null || pending == null) {
            return Decision.reject(refused == null ? unknown(cancel.id(), "/id") : refused);
        }
        return Decision.accept(
                List.of(new TransferCancelled(cancel.tenant(), cancel.id(), new Releases(state).of(pending))),
                releases(pending));
    }

    static Decision<LedgerEvent> decideExpire(LedgerState state, CommandContext context) {
        List<LedgerEvent> events = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        Releases releases = new Releases(state);
        for (Pending pending : state.pending().expired(context.nowMicros(), EXPIRED_MAX)) {
            events.add(new TransferExpired(pending.tenant(), pending.id(), releases.of(pending)));
            messages.addAll(releases(pending));
        }
        return Decision.accept(events, messages);
    }

    /**
     * Null if the transfer is reserved here, and over the amount at least.
     *
     * @param amountMinor {@link ConfirmTransfer#ALL} for whatever it is
     */
    static @Nullable Rejection checkReserved(
            LedgerState state, String tenant, UUID id, long amountMinor, CommandContext context) {
        Pending pending = state.pending().find(id);
        if (pending == null) {
            return notReserved(state, tenant, id);
        }
        if (!pending.tenant().equals(tenant) || pending.stage().version() == 0) {
            return unknown(id, "/id");
        }
        if (pending.stage() == TransferStage.UNDER_WAY) {
            return LedgerRefusal.TRANSFER_NOT_RESERVED.because("Transfer " + id + " is being posted.", "/id");
        }
        if (pending.stage() != TransferStage.RESERVED) {
            return LedgerRefusal.TRANSFER_UNDER_WAY.because(
                    "Transfer %s is %s; ask again in a moment."
                            .formatted(
                                    id,
                                    pending.stage() == TransferStage.RESERVING ? "being reserved" : "being confirmed"),
                    "/id");
        }
        if (pending.expiresMicros() <= context.nowMicros()) {
            return expired(id);
        }
        return amountMinor > pending.amountMinor() ? tooMuch(id, amountMinor, pending.amountMinor()) : null;
    }

    static Rejection tooMuch(UUID id, long amountMinor, long reservedMinor) {
        return LedgerRefusal.CONFIRM_TOO_MUCH.because(
                "Transfer %s has %d reserved, and %d would be confirmed.".formatted(id, reservedMinor, amountMinor),
                "/amountMinor");
    }

    static Rejection unknown(UUID id, String pointer) {
        return LedgerRefusal.TRANSFER_UNKNOWN.because("There is no transfer " + id + ", or it was forgotten.", pointer);
    }

    private static Rejection notReserved(LedgerState state, String tenant, UUID id) {
        long position = state.transfers().find(id);
        if (position == TransferTable.NONE) {
            return unknown(id, "/id");
        }
        TransferStage stage = state.transfers().stage(position);
        if (stage.version() == 0 || !state.finished(position).tenant().equals(tenant)) {
            return unknown(id, "/id");
        }
        return stage == TransferStage.EXPIRED
                ? expired(id)
                : LedgerRefusal.TRANSFER_NOT_RESERVED.because(
                        "Transfer %s is %s."
                                .formatted(id, stage == TransferStage.CANCELLED ? "cancelled" : "posted already"),
                        "/id");
    }

    private static Rejection expired(UUID id) {
        return LedgerRefusal.TRANSFER_EXPIRED.because("Transfer " + id + " has expired.", "/id");
    }

    /** What an account of another shard has to be told. */
    private static List<Message> releases(Pending pending) {
        return pending.elsewhere().stream()
                .map(far -> new Message(far.shard(), new ReleaseExpected(pending.tenant(), pending.id())))
                .toList();
    }

    private static Decision<LedgerEvent> saga(UUID id, Saga.Step first, Saga.Step second) {
        return Decision.begin(new Saga(id, List.of(first, second), Saga.TIMEOUT_MICROS_DEFAULT));
    }

    private static int row(LedgerState state, Pending pending, int leg) {
        return state.accounts().find(pending.legs().get(leg).account());
    }
}
