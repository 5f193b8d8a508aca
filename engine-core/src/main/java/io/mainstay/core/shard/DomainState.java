package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One domain's state in one shard, with its rules and codecs. */
final class DomainState<S, C extends Command, E extends Event> {
    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final S state;
    private final WireWriter eventWriter = new WireWriter(256);

    DomainState(Domain<S, C, E> domain) {
        this.domain = domain;
        this.rules = domain.stateMachine();
        this.state = rules.emptyState();
    }

    S state() {
        return state;
    }

    int id() {
        return domain.id();
    }

    void aggregates(Consumer<UUID> each) {
        rules.aggregates(state, each);
    }

    void encode(WireWriter out, Runnable chunkEnd) {
        domain.states().encode(state, out, chunkEnd);
    }

    void decode(int schemaVersion, WireReader chunk) {
        domain.states().decode(state, schemaVersion, chunk);
    }

    /**
     * Decides the command and applies what was decided.
     *
     * <p>Hot: one call per command. A domain that throws while deciding has changed nothing yet; the command is
     * refused, so that it cannot stop its shard again and again.
     */
    Execution execute(Command command, long nowMicros) {
        C own = domain.commandType().cast(command);
        Decision<E> decision;
        try {
            decision = rules.decide(state, own, nowMicros);
        } catch (RuntimeException bug) {
            decision = Decision.reject(new Rejection(
                    Rejection.Kind.REFUSED, "domain-failed", "The domain could not decide the command: " + bug, ""));
        }
        return switch (decision) {
            case Decision.Accepted<E>(var events) -> {
                List<byte[]> encoded = new ArrayList<>(events.size());
                for (E event : events) {
                    eventWriter.clear();
                    domain.events().encode(event, eventWriter);
                    encoded.add(eventWriter.toByteArray());
                    rules.apply(state, event);
                }
                yield new Execution(new LoggedOutcome.Accepted(versionOf(command), domain.id(), encoded), events);
            }
            case Decision.Rejected<E>(var rejection) ->
                new Execution(new LoggedOutcome.Rejected(versionOf(command), rejection), List.of());
        };
    }

    /** Applies events from the log and returns them. */
    List<E> apply(List<byte[]> events) {
        List<E> decoded = decode(events);
        for (E event : decoded) {
            rules.apply(state, event);
        }
        return decoded;
    }

    List<E> decode(List<byte[]> events) {
        List<E> decoded = new ArrayList<>(events.size());
        for (byte[] event : events) {
            decoded.add(domain.events().decode(new WireReader(event)));
        }
        return decoded;
    }

    C decodeCommand(byte[] bytes) {
        return domain.commands().decode(new WireReader(bytes));
    }

    private long versionOf(Command command) {
        return rules.version(state, command.route().leading());
    }

    /** What became of a command: as it is logged, and its events as objects. */
    record Execution(LoggedOutcome outcome, List<? extends Event> events) {}
}
