package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.domain.StateMachine;
import java.util.UUID;
import java.util.function.Consumer;

/** The rules of the ledger. Money only moves: the sum over all accounts of an asset is always zero. */
final class Ledger implements StateMachine<LedgerState, LedgerCommand, LedgerEvent> {
    @Override
    public LedgerState emptyState() {
        return new LedgerState();
    }

    @Override
    public Decision<LedgerEvent> decide(LedgerState state, LedgerCommand command, CommandContext context) {
        return switch (command) {
            case OpenAccount open -> decideOpen(state, open);
            case PostTransfer post -> decidePost(state, post);
        };
    }

    @Override
    public long touch(LedgerState state, LedgerCommand command) {
        return switch (command) {
            case OpenAccount open -> state.accounts().touch(open.id());
            case PostTransfer post ->
                state.touchTransfer(post.id())
                        ^ state.accounts().touch(post.from())
                        ^ state.accounts().touch(post.to());
        };
    }

    @Override
    public void apply(LedgerState state, LedgerEvent event) {
        switch (event) {
            case AccountOpened opened -> state.open(opened);
            case TransferPosted posted -> state.post(posted);
        }
    }

    @Override
    public void revert(LedgerState state, LedgerEvent event) {
        switch (event) {
            case AccountOpened opened -> state.unopen(opened);
            case TransferPosted posted -> state.unpost(posted);
        }
    }

    @Override
    public boolean canRevert() {
        return true;
    }

    @Override
    public long version(LedgerState state, UUID aggregate) {
        int row = state.accounts().find(aggregate);
        return row == AccountTable.NONE ? 0 : state.accounts().version(row);
    }

    @Override
    public void aggregates(LedgerState state, Consumer<UUID> each) {
        state.accounts().ids(each);
    }

    private static Decision<LedgerEvent> decideOpen(LedgerState state, OpenAccount open) {
        if (state.accounts().find(open.id()) != AccountTable.NONE) {
            return reject(Kind.CONFLICT, "account-exists", "Account " + open.id() + " is open already.", "/id");
        }
        return Decision.accept(new AccountOpened(open.id(), open.ledger(), open.asset(), open.minBalanceMinor()));
    }

    /** Hot: one call per transfer; allocates only the event and the decision. */
    private static Decision<LedgerEvent> decidePost(LedgerState state, PostTransfer post) {
        AccountTable accounts = state.accounts();
        int from = accounts.find(post.from());
        int to = accounts.find(post.to());
        if (from == AccountTable.NONE) {
            return unknown(post.from(), "/from");
        }
        if (to == AccountTable.NONE) {
            return unknown(post.to(), "/to");
        }
        if (state.knowsTransfer(post.id())) {
            return reject(Kind.CONFLICT, "transfer-exists", "Transfer " + post.id() + " is posted already.", "/id");
        }
        if (accounts.asset(from) != accounts.asset(to)) {
            return reject(
                    Kind.INVALID,
                    "asset-mismatch",
                    "Account %s holds %s and account %s holds %s."
                            .formatted(post.from(), state.assetOf(from), post.to(), state.assetOf(to)),
                    "/to");
        }
        long fromBalance = accounts.balanceMinor(from) - post.amountMinor();
        long toBalance = accounts.balanceMinor(to) + post.amountMinor();
        if (fromBalance > accounts.balanceMinor(from) || toBalance < accounts.balanceMinor(to)) {
            return reject(
                    Kind.INVALID,
                    "balance-overflow",
                    "The amount " + post.amountMinor() + " would take a balance out of 64 bits.",
                    "/amountMinor");
        }
        if (fromBalance < accounts.minBalanceMinor(from)) {
            return reject(
                    Kind.REFUSED,
                    "funds-insufficient",
                    "Account %s has %d and may not go below %d; the transfer is over %d."
                            .formatted(
                                    post.from(),
                                    accounts.balanceMinor(from),
                                    accounts.minBalanceMinor(from),
                                    post.amountMinor()),
                    "/amountMinor");
        }
        return Decision.accept(new TransferPosted(
                post.id(),
                post.from(),
                post.to(),
                state.assetOf(from),
                post.amountMinor(),
                post.reference(),
                fromBalance,
                accounts.version(from) + 1,
                toBalance,
                accounts.version(to) + 1));
    }

    private static Decision<LedgerEvent> unknown(UUID account, String pointer) {
        return reject(Kind.UNKNOWN, "account-unknown", "There is no account " + account + ".", pointer);
    }

    private static Decision<LedgerEvent> reject(Kind kind, String code, String message, String pointer) {
        return Decision.reject(new Rejection(kind, code, message, pointer));
    }
}
