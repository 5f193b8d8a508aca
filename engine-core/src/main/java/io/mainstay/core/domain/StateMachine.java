package io.mainstay.core.domain;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * The rules of a domain: deciding and applying are apart, because replay applies and never decides again.
 *
 * <p>Both are deterministic: they read no clock, draw no random number and iterate in a defined order.
 *
 * @param <S> the state, owned and changed by one shard's writer
 * @param <C> the commands
 * @param <E> the events
 */
public interface StateMachine<S, C extends Command, E extends Event> {
    S emptyState();

    /** Decides without changing the state. {@code nowMicros} is the time of the command's batch, since the epoch. */
    Decision<E> decide(S state, C command, long nowMicros);

    /** How often the aggregate was changed; 0 if there is none of that id. */
    long version(S state, UUID aggregate);

    /** Names every aggregate that the state holds. */
    void aggregates(S state, Consumer<UUID> each);

    /** Total: applies every event that was ever decided, and never refuses. */
    void apply(S state, E event);
}
