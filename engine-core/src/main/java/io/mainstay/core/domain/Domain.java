package io.mainstay.core.domain;

import io.mainstay.core.access.Access;
import io.mainstay.core.projection.Projection;
import io.mainstay.core.snapshot.SnapshotCodec;
import io.mainstay.core.wire.Codec;
import java.util.List;

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

    /**
     * Raised by one when a command would be decided otherwise than before, or when a command, an event or the state is
     * written otherwise; a log tail of another version is refused.
     */
    int schemaVersion();

    /** One from each version whose logs and snapshots are still read, to the next version. */
    default List<Upcaster> upcasters() {
        return List.of();
    }

    /** The sealed type of the domain's commands. */
    Class<C> commandType();

    StateMachine<S, C, E> stateMachine();

    Codec<C> commands();

    Codec<E> events();

    StateCodec<S> states();

    /** What callers may do with the domain and ask of it. */
    default Access<S, C> access() {
        return Access.none();
    }

    /** What the domain shows in a database. */
    default Projection<E> projection() {
        return Projection.none();
    }

    /** Forms of snapshots that the domain brings along. */
    default List<SnapshotCodec> snapshotCodecs() {
        return List.of();
    }
}
