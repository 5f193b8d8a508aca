package io.mainstay.core.domain;

import java.util.UUID;
import java.util.function.BiConsumer;

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
    /** A time that never comes. */
    long NEVER = Long.MAX_VALUE;

    S emptyState();

    /** Decides without changing the state. */
    Decision<E> decide(S state, C command, CommandContext context);

    /**
     * Reads from memory what deciding the command will read first, without waiting for it and without changing anything:
     * called for some commands in a row before they are decided one by one, their cache misses overlap.
     *
     * @return anything that depends on what was read, so that the reading is not optimized away; it has no meaning
     */
    default long touch(S state, C command) {
        return 0;
    }

    /**
     * When the state wants to be looked at because time has passed, in microseconds since the epoch: something expires then.
     * Asked again and again, so it costs little.
     */
    default long dueMicros(S state) {
        return NEVER;
    }

    /**
     * Decides what becomes of things whose time has come, as {@link #decide} does of a command: called as a log entry of its
     * own, at a time not before {@link #dueMicros}. It need not take all of them at once: it is called again as long as
     * something is due.
     */
    default Decision<E> elapse(S state, CommandContext context) {
        throw new UnsupportedOperationException("nothing of this domain is ever due");
    }

    /** How often the aggregate was changed; 0 if there is none of that id. */
    long version(S state, UUID aggregate);

    /** True if the aggregate that leads the command is here, as far as whoever gave the command may see it. */
    default boolean holds(S state, C command) {
        return version(state, command.leading()) > 0;
    }

    /**
     * Names every aggregate that the state holds, those that events have {@link Event#created}, behind the tenant that it
     * belongs to, as {@link Command#tenant}. Asked when a shard has read its log: commands are sent to where aggregates live,
     * and quotas count them.
     */
    void aggregates(S state, BiConsumer<String, UUID> each);

    /** Total: applies every event that was ever decided, and never refuses. */
    void apply(S state, E event);

    /**
     * Undoes {@link #apply} of the event applied last, when a group or an attempt within one is refused.
     *
     * <p>A domain without this takes part in no group.
     */
    default void revert(S state, E event) {
        throw new UnsupportedOperationException("this domain takes part in no group");
    }

    /** True if the domain can {@link #revert}. */
    default boolean canRevert() {
        return false;
    }
}
