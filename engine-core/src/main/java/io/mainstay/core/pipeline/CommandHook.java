package io.mainstay.core.pipeline;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;

/**
 * Is told of commands; found by {@link java.util.ServiceLoader}. It changes nothing: what it throws is reported and goes
 * no further.
 */
public interface CommandHook {
    /** Asked once for each type of command. */
    boolean appliesTo(Class<? extends Command> type);

    /** Before the command goes to its shard, on the caller's thread. */
    default void before(CommandRequest request) {}

    /** After the command was answered, whatever the answer; mostly on the shard's thread, which it must not block. */
    default void after(CommandRequest request, Outcome outcome) {}
}
