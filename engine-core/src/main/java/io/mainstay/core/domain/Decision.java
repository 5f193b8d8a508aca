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

    /** The command changes nothing, for this reason. */
    record Rejected<E extends Event>(Rejection rejection) implements Decision<E> {}
}
