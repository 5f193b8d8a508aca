package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.wire.Codec;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The ledger of one shard, whose state the invariants may look at without asking the shard; with any version. */
final class WatchedLedger implements Domain<LedgerState, LedgerCommand, LedgerEvent> {
    private final LedgerDomain ledger = new LedgerDomain();
    private final Ports ports;
    private final int schemaVersion;
    private @Nullable LedgerState state;

    WatchedLedger(Ports ports, int schemaVersion) {
        this.ports = ports;
        this.schemaVersion = schemaVersion;
    }

    /** The state made last: a shard begins anew with every snapshot that it tries, and stays with the last. */
    LedgerState state() {
        if (state == null) {
            throw new IllegalStateException("the shard has made no state yet");
        }
        return state;
    }

    @Override
    public String name() {
        return ledger.name();
    }

    @Override
    public int id() {
        return ledger.id();
    }

    @Override
    public int schemaVersion() {
        return schemaVersion;
    }

    /** Versions differ in name only. */
    @Override
    public List<Upcaster> upcasters() {
        return IntStream.range(1, schemaVersion).mapToObj(Upcaster::from).toList();
    }

    @Override
    public Class<LedgerCommand> commandType() {
        return ledger.commandType();
    }

    @Override
    public StateMachine<LedgerState, LedgerCommand, LedgerEvent> stateMachine() {
        return new Watched(ports.rules(ledger.stateMachine()));
    }

    @Override
    public Codec<LedgerCommand> commands() {
        return ledger.commands();
    }

    @Override
    public Codec<LedgerEvent> events() {
        return ledger.events();
    }

    @Override
    public StateCodec<LedgerState> states() {
        return ports.states(ledger.states());
    }

    private final class Watched implements StateMachine<LedgerState, LedgerCommand, LedgerEvent> {
        private final StateMachine<LedgerState, LedgerCommand, LedgerEvent> rules;

        Watched(StateMachine<LedgerState, LedgerCommand, LedgerEvent> rules) {
            this.rules = rules;
        }

        @Override
        public LedgerState emptyState() {
            LedgerState fresh = rules.emptyState();
            state = fresh;
            return fresh;
        }

        @Override
        public long touch(LedgerState current, LedgerCommand command) {
            return rules.touch(current, command);
        }

        @Override
        public Decision<LedgerEvent> decide(LedgerState current, LedgerCommand command, CommandContext context) {
            return rules.decide(current, command, context);
        }

        @Override
        public long dueMicros(LedgerState current) {
            return rules.dueMicros(current);
        }

        @Override
        public Decision<LedgerEvent> elapse(LedgerState current, CommandContext context) {
            return rules.elapse(current, context);
        }

        @Override
        public long version(LedgerState current, UUID aggregate) {
            return rules.version(current, aggregate);
        }

        @Override
        public void aggregates(LedgerState current, BiConsumer<String, UUID> each) {
            rules.aggregates(current, each);
        }

        @Override
        public void apply(LedgerState current, LedgerEvent event) {
            rules.apply(current, event);
        }

        @Override
        public void revert(LedgerState current, LedgerEvent event) {
            rules.revert(current, event);
        }

        @Override
        public boolean canRevert() {
            return rules.canRevert();
        }
    }
}
