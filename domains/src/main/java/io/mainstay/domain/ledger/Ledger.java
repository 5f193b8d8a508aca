package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
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
            case PostTransfer post -> TransferRules.decidePost(state, post);
            case AccountCommand account -> AccountRules.decide(state, account, context);
        };
    }

    @Override
    public long touch(LedgerState state, LedgerCommand command) {
        return switch (command) {
            case PostTransfer post ->
                state.touchTransfer(post.id())
                        ^ state.accounts().touch(post.from())
                        ^ state.accounts().touch(post.to());
            case AccountCommand account -> state.accounts().touch(account.leading());
        };
    }

    @Override
    public void apply(LedgerState state, LedgerEvent event) {
        switch (event) {
            case TransferPosted posted -> state.post(posted);
            case AccountEvent account -> AccountChanges.apply(state, account);
        }
    }

    @Override
    public void revert(LedgerState state, LedgerEvent event) {
        switch (event) {
            case TransferPosted posted -> state.unpost(posted);
            case AccountEvent account -> AccountChanges.revert(state, account);
        }
    }

    @Override
    public boolean canRevert() {
        return true;
    }

    @Override
    public long version(LedgerState state, UUID aggregate) {
        return state.version(aggregate);
    }

    @Override
    public void aggregates(LedgerState state, Consumer<UUID> each) {
        state.aggregates(each);
    }
}
