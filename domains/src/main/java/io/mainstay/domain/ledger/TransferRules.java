package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;

/** The rules of transfers. */
final class TransferRules {
    private TransferRules() {}

    /** Hot: one call per transfer; allocates only the event and the decision. */
    static Decision<LedgerEvent> decidePost(LedgerState state, PostTransfer post) {
        AccountTable accounts = state.accounts();
        int from = state.find(post.tenant(), post.from());
        int to = state.find(post.tenant(), post.to());
        if (from == AccountTable.NONE) {
            return Decision.reject(Amounts.unknown(post.from(), "/from"));
        }
        if (to == AccountTable.NONE) {
            return Decision.reject(Amounts.unknown(post.to(), "/to"));
        }
        if (state.knowsTransfer(post.id())) {
            return LedgerRefusal.TRANSFER_EXISTS.reject("Transfer " + post.id() + " exists already.", "/id");
        }
        if (from == to) {
            return LedgerRefusal.SAME_ACCOUNT.reject("Account " + post.from() + " is both from and to.", "/to");
        }
        if (accounts.asset(from) != accounts.asset(to)) {
            return LedgerRefusal.ASSET_MISMATCH.reject(
                    "Account %s holds %s and account %s holds %s."
                            .formatted(post.from(), state.assetOf(from), post.to(), state.assetOf(to)),
                    "/to");
        }
        Rejection refused = Amounts.checkDebit(state, from, post.amountMinor(), "/from", "/amountMinor");
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
}
