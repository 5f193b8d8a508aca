package io.mainstay.core.domain;

import io.mainstay.core.wire.Codec;

/**
 * A bounded context as the engine sees it; found by {@link java.util.ServiceLoader}.
 *
 * @param <S> the state
 * @param <C> the commands
 * @param <E> the events
 */
public interface Domain<S, C extends Command, E extends Event> {
    /** Short, stable, lower case: {@code ledger}. */
    String name();

    /** Stable number of the domain in log frames, 1 to 255; never given to another domain. */
    int id();

    /** Raised when a command would be decided otherwise than before; a log tail of another version is refused. */
    int schemaVersion();

    /** The sealed type of the domain's commands. */
    Class<C> commandType();

    StateMachine<S, C, E> stateMachine();

    Codec<C> commands();

    Codec<E> events();

    StateCodec<S> states();
}
