package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Passes everything on to the honest rules; a test overrides what it wants to break. */
class LyingLedger implements StateMachine<LedgerState, LedgerCommand, LedgerEvent> {
    private final StateMachine<LedgerState, LedgerCommand, LedgerEvent> honest;

    LyingLedger(StateMachine<LedgerState, LedgerCommand, LedgerEvent> honest) {
        this.honest = honest;
    }

    @Override
    public LedgerState emptyState() {
        return honest.emptyState();
    }

    @Override
    public Decision<LedgerEvent> decide(LedgerState state, LedgerCommand command, CommandContext context) {
        return honest.decide(state, command, context);
    }

    @Override
    public long dueMicros(LedgerState state) {
        return honest.dueMicros(state);
    }

    @Override
    public Decision<LedgerEvent> elapse(LedgerState state, CommandContext context) {
        return honest.elapse(state, context);
    }

    @Override
    public long version(LedgerState state, UUID aggregate) {
        return honest.version(state, aggregate);
    }

    @Override
    public void aggregates(LedgerState state, BiConsumer<String, UUID> each) {
        honest.aggregates(state, each);
    }

    @Override
    public void apply(LedgerState state, LedgerEvent event) {
        honest.apply(state, event);
    }

    @Override
    public void revert(LedgerState state, LedgerEvent event) {
        honest.revert(state, event);
    }

    @Override
    public boolean canRevert() {
        return honest.canRevert();
    }
}
