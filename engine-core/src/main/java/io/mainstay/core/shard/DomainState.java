package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.log.OutcomeWriter;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/** One domain's state in one shard, with its rules and codecs. */
final class DomainState<S, C extends Command, E extends Event> {
    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final Class<C> commandType;
    private final S state;

    DomainState(Domain<S, C, E> domain) {
        this.domain = domain;
        this.rules = domain.stateMachine();
        this.commandType = domain.commandType();
        this.state = rules.emptyState();
    }

    S state() {
        return state;
    }

    int id() {
        return domain.id();
    }

    String name() {
        return domain.name();
    }

    void aggregates(BiConsumer<String, UUID> each) {
        rules.aggregates(state, each);
    }

    void encode(WireWriter out, Runnable chunkEnd) {
        domain.states().encode(state, out, chunkEnd);
    }

    void decode(WireReader chunk) {
        domain.states().decode(state, chunk);
    }

    long version(UUID aggregate) {
        return rules.version(state, aggregate);
    }

    long dueMicros() {
        return rules.dueMicros(state);
    }

    boolean holds(Command command) {
        return rules.holds(state, commandType.cast(command));
    }

    boolean canRevert() {
        return rules.canRevert();
    }

    /** Brings near what deciding the command will read. A domain that throws here will do so again when it decides. */
    long touch(Command command) {
        try {
            return rules.touch(state, commandType.cast(command));
        } catch (RuntimeException bug) {
            return 0;
        }
    }

    /**
     * Decides the command and changes nothing.
     *
     * <p>A domain that throws has its command refused, so that it cannot stop its shard again and again.
     */
    Decision<E> decide(Command command, CommandContext context) {
        try {
            return rules.decide(state, commandType.cast(command), context);
        } catch (RuntimeException bug) {
            return failed("decide the command", bug);
        }
    }

    /** Decides what has become due, as {@link #decide} does a command. */
    Decision<E> elapse(CommandContext context) {
        try {
            return rules.elapse(state, context);
        } catch (RuntimeException bug) {
            return failed("decide what is due", bug);
        }
    }

    /** Writes the events as they stand in the log, each with the domain's number. */
    void encodeEvents(List<? extends Event> events, WireWriter out) {
        for (int index = 0; index < events.size(); index++) {
            int began = OutcomeWriter.beginEvent(out, domain.id());
            domain.events().encode(own(events.get(index)), out);
            OutcomeWriter.endEvent(out, began);
        }
    }

    void apply(List<? extends Event> events) {
        for (int index = 0; index < events.size(); index++) {
            apply(events.get(index));
        }
    }

    /** A domain that throws here has a state that nobody knows: the shard stops. */
    void apply(Event event) {
        try {
            rules.apply(state, own(event));
        } catch (RuntimeException bug) {
            throw new EngineException(
                    Severity.FATAL, "domain " + domain.name() + " could not apply " + event + ": " + bug, bug);
        }
    }

    /** Undoes the event applied last. */
    void revert(Event event) {
        try {
            rules.revert(state, own(event));
        } catch (RuntimeException bug) {
            throw new EngineException(
                    Severity.FATAL, "domain " + domain.name() + " could not undo " + event + ": " + bug, bug);
        }
    }

    E decodeEvent(byte[] bytes) {
        return domain.events().decode(new WireReader(bytes));
    }

    static <E extends Event> Decision<E> failed(String what, RuntimeException bug) {
        return Decision.reject(new Rejection(
                Rejection.Kind.REFUSED, "domain-failed", "The domain could not " + what + ": " + bug, ""));
    }

    /** The domain's own event, which came from it or its codec. */
    @SuppressWarnings("unchecked")
    private E own(Event event) {
        return (E) event;
    }
}
