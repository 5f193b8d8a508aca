package io.mainstay.core.domain;

import java.util.List;

/**
 * What a state machine decided about a command.
 *
 * @param <E> the domain's events
 */
public sealed interface Decision<E extends Event> {
    static <E extends Event> Decision<E> accept(E event) {
        return new Accepted<>(List.of(event), List.of());
    }

    static <E extends Event> Decision<E> accept(List<E> events, List<Message> messages) {
        return new Accepted<>(events, messages);
    }

    static <E extends Event> Decision<E> reject(Rejection rejection) {
        return new Rejected<>(rejection);
    }

    /** The command is a saga: its own shard's steps are decided now, the others by their shards. */
    static <E extends Event> Decision<E> begin(Saga saga) {
        return new Begun<>(saga);
    }

    /** The command becomes these facts, at least one, and has these messages sent. */
    record Accepted<E extends Event>(List<E> events, List<Message> messages) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
            messages = List.copyOf(messages);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("an accepted command has at least one event");
            }
        }
    }

    /** The command becomes what the saga's steps make of it. */
    record Begun<E extends Event>(Saga saga) implements Decision<E> {}

    /** The command changes nothing, for this reason. */
    record Rejected<E extends Event>(Rejection rejection) implements Decision<E> {}
}
