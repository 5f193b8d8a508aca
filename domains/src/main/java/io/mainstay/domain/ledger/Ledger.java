package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.StateMachine;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The rules of the ledger. Money only moves: the sum over all accounts of an asset is always zero, with what is on its way
 * between shards.
 */
final class Ledger implements StateMachine<LedgerState, LedgerCommand, LedgerEvent> {
    @Override
    public LedgerState emptyState() {
        return new LedgerState();
    }

    @Override
    public Decision<LedgerEvent> decide(LedgerState state, LedgerCommand command, CommandContext context) {
        return switch (command) {
            case PostTransfer post -> TransferRules.decidePost(state, post, context);
            case TransferCommand transfer -> TransferRules.decide(state, transfer, context);
            case LegCommand leg -> LegRules.decide(state, leg, context);
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
            case TakeOut out -> touch(state, out.id(), out.legs());
            case PutIn put -> touch(state, put.id(), put.legs());
            case TransferCommand transfer -> state.accounts().touch(transfer.leading());
            case LegCommand leg -> state.touchTransfer(leg.id());
            case AccountCommand account -> state.accounts().touch(account.leading());
        };
    }

    @Override
    public long dueMicros(LedgerState state) {
        return state.pending().dueMicros();
    }

    @Override
    public Decision<LedgerEvent> elapse(LedgerState state, CommandContext context) {
        return ReservationRules.decideExpire(state, context);
    }

    @Override
    public void apply(LedgerState state, LedgerEvent event) {
        switch (event) {
            case TransferPosted posted -> state.post(posted);
            case EntriesEvent entries -> TransferChanges.apply(state, entries);
            case AccountEvent account -> AccountChanges.apply(state, account);
        }
    }

    @Override
    public void revert(LedgerState state, LedgerEvent event) {
        switch (event) {
            case TransferPosted posted -> state.unpost(posted);
            case EntriesEvent entries -> TransferChanges.revert(state, entries);
            case AccountEvent account -> AccountChanges.revert(state, account);
        }
    }

    @Override
    public boolean canRevert() {
        return true;
    }

    /** A transfer of another tenant is not there. */
    @Override
    public boolean holds(LedgerState state, LedgerCommand command) {
        return state.version(command.leading()) > 0
                && state.transfer(command.leading())
                        .map(transfer -> transfer.tenant().equals(command.tenant()))
                        .orElse(true);
    }

    @Override
    public long version(LedgerState state, UUID aggregate) {
        return state.version(aggregate);
    }

    @Override
    public void aggregates(LedgerState state, BiConsumer<String, UUID> each) {
        state.aggregates(each);
    }

    private static long touch(LedgerState state, UUID transfer, List<Leg> legs) {
        long seen = state.touchTransfer(transfer);
        for (Leg leg : legs) {
            seen ^= state.accounts().touch(leg.account());
        }
        return seen;
    }
}
