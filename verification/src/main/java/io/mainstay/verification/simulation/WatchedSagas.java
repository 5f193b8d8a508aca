package io.mainstay.verification.simulation;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.wire.Codec;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The engine's sagas of one shard, whose state the invariants may look at without asking the shard. */
final class WatchedSagas implements Domain<SagaState, SagaCommand, SagaEvent> {
    private final SagaDomain sagas = new SagaDomain();
    private final Ports ports;
    private @Nullable SagaState state;

    WatchedSagas(Ports ports) {
        this.ports = ports;
    }

    /** The state made last. */
    SagaState state() {
        if (state == null) {
            throw new IllegalStateException("the shard has made no state of sagas yet");
        }
        return state;
    }

    @Override
    public String name() {
        return sagas.name();
    }

    @Override
    public int id() {
        return sagas.id();
    }

    @Override
    public int schemaVersion() {
        return sagas.schemaVersion();
    }

    @Override
    public Class<SagaCommand> commandType() {
        return sagas.commandType();
    }

    @Override
    public StateMachine<SagaState, SagaCommand, SagaEvent> stateMachine() {
        return new Watched(sagas.stateMachine());
    }

    @Override
    public Codec<SagaCommand> commands() {
        return sagas.commands();
    }

    @Override
    public Codec<SagaEvent> events() {
        return ports.sagaEvents(sagas.events());
    }

    @Override
    public StateCodec<SagaState> states() {
        return ports.sagaStates(sagas.states());
    }

    private final class Watched implements StateMachine<SagaState, SagaCommand, SagaEvent> {
        private final StateMachine<SagaState, SagaCommand, SagaEvent> rules;

        Watched(StateMachine<SagaState, SagaCommand, SagaEvent> rules) {
            this.rules = rules;
        }

        @Override
        public SagaState emptyState() {
            SagaState fresh = rules.emptyState();
            state = fresh;
            return fresh;
        }

        @Override
        public Decision<SagaEvent> decide(SagaState current, SagaCommand command, CommandContext context) {
            return rules.decide(current, command, context);
        }

        @Override
        public long dueMicros(SagaState current) {
            return ports.sagaDueMicros(rules.dueMicros(current));
        }

        @Override
        public long version(SagaState current, UUID aggregate) {
            return rules.version(current, aggregate);
        }

        @Override
        public void aggregates(SagaState current, BiConsumer<String, UUID> each) {
            rules.aggregates(current, each);
        }

        @Override
        public void apply(SagaState current, SagaEvent event) {
            rules.apply(current, ports.sagaEvent(event));
        }
    }
}
