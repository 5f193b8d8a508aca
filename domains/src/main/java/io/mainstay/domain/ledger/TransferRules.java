package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.domain.ledger.LedgerState.TransferView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of transfers. */
final class TransferRules {
    private TransferRules() {}

    static Decision<LedgerEvent> decide(LedgerState state, TransferCommand command, CommandContext context) {
        return switch (command) {
            case PostTransfer post -> decidePost(state, post, context);
            case ReserveTransfer reserve -> ReservationRules.decideReserve(state, reserve, context);
            case ConfirmTransfer confirm -> ReservationRules.decideConfirm(state, confirm, context);
            case CancelTransfer cancel -> ReservationRules.decideCancel(state, cancel, context);
            case ReverseTransfer reverse -> decideReverse(state, reverse, context);
            case PostEntries post -> decideEntries(state, post, context);
        };
    }

    /** Hot: one call per transfer; within a shard it allocates only the event and the decision. */
    static Decision<LedgerEvent> decidePost(LedgerState state, PostTransfer post, CommandContext context) {
        if (context.shardOf(post.from()) != context.shard() || context.shardOf(post.to()) != context.shard()) {
            return decideAcross(state, post, context);
        }
        AccountTable accounts = state.accounts();
        int from = accounts.find(post.from());
        int to = accounts.find(post.to());
        if (from == AccountTable.NONE || !state.tenantOf(from).equals(post.tenant())) {
            return Decision.reject(Amounts.unknown(post.from(), "/from"));
        }
        if (to == AccountTable.NONE
                || (accounts.asset(to) != accounts.asset(from)
                        && !state.tenantOf(to).equals(post.tenant()))) {
            return Decision.reject(Amounts.unknown(post.to(), "/to"));
        }
        if (state.knowsTransfer(post.id())) {
            return Decision.reject(LegRules.exists(post.id()));
        }
        if (from == to) {
            return Decision.reject(sameAccount(post.from()));
        }
        Rejection refused = checkAssets(state, from, to);
        if (refused == null) {
            refused = Amounts.checkDebit(state, from, post.amountMinor(), "/from", "/amountMinor");
        }
        if (refused == null) {
            refused = Amounts.checkCredit(state, to, post.amountMinor(), "/to", "/amountMinor");
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        return Decision.accept(new TransferPosted(
                state.tenantOf(from),
                post.id(),
                post.from(),
                post.to(),
                state.assetOf(from),
                post.amountMinor(),
                post.reference(),
                accounts.balanceMinor(from) - post.amountMinor(),
                accounts.version(from) + 1,
                accounts.balanceMinor(to) + post.amountMinor(),
                accounts.version(to) + 1));
    }

    static @Nullable Rejection checkAssets(LedgerState state, int from, int to) {
        if (state.accounts().asset(from) == state.accounts().asset(to)) {
            return null;
        }
        return LedgerRefusal.ASSET_MISMATCH.because(
                "Account %s holds %s and account %s holds %s."
                        .formatted(
                                state.accounts().id(from),
                                state.assetOf(from),
                                state.accounts().id(to),
                                state.assetOf(to)),
                "/to");
    }

    static Rejection sameAccount(UUID account) {
        return LedgerRefusal.SAME_ACCOUNT.because("Account " + account + " is both from and to.", "/to");
    }

    private static Decision<LedgerEvent> decideAcross(LedgerState state, PostTransfer post, CommandContext context) {
        Rejection refused = LegRules.checkFresh(state, post.id());
        if (refused == null && post.from().equals(post.to())) {
            refused = sameAccount(post.from());
        }
        return refused == null
                ? Posting.decide(
                        state,
                        context,
                        post.tenant(),
                        post.id(),
                        post.reference(),
                        List.of(new Leg(post.from(), -post.amountMinor()), new Leg(post.to(), post.amountMinor())),
                        Pointers.TRANSFER)
                : Decision.reject(refused);
    }

    private static Decision<LedgerEvent> decideEntries(LedgerState state, PostEntries post, CommandContext context) {
        Rejection refused = LegRules.checkFresh(state, post.id());
        return refused == null
                ? Posting.decide(state, context, post.tenant(), post.id(), post.reference(), post.legs(), Pointers.LEGS)
                : Decision.reject(refused);
    }

    private static Decision<LedgerEvent> decideReverse(
            LedgerState state, ReverseTransfer reverse, CommandContext context) {
        Rejection refused = LegRules.checkFresh(state, reverse.id());
        if (refused != null) {
            return Decision.reject(refused);
        }
        TransferView original = state.transfer(reverse.original()).orElse(null);
        if (original == null
                || (original.legs().isEmpty() && original.elsewhere().isEmpty())
                || original.stage().version() == 0
                || !original.tenant().equals(reverse.tenant())) {
            return Decision.reject(ReservationRules.unknown(reverse.original(), "/original"));
        }
        return switch (original.stage()) {
            case POSTED -> Posting.reverse(state, context, reverse.id(), original);
            case REVERSING ->
                LedgerRefusal.TRANSFER_REVERSING.reject(
                        "Transfer " + reverse.original() + " is being reversed.", "/original");
            case REVERSED ->
                LedgerRefusal.TRANSFER_REVERSED.reject(
                        "Transfer " + reverse.original() + " is reversed already.", "/original");
            default ->
                LedgerRefusal.TRANSFER_NOT_POSTED.reject(
                        "Transfer " + reverse.original() + " is not posted.", "/original");
        };
    }
}
