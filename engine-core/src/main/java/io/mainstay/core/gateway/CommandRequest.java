package io.mainstay.core.gateway;

import io.mainstay.core.domain.Command;
import io.mainstay.core.log.LoggedCommand;
import java.util.UUID;

/**
 * A command as its caller submits it.
 *
 * @param key the idempotency key
 * @param expectedVersion of the command's leading aggregate, or {@link LoggedCommand#ANY_VERSION}
 * @param correlationId stands in log lines and traces beside the command; empty if there is none
 */
public record CommandRequest(Command command, UUID key, long expectedVersion, Caller caller, String correlationId) {
    /** A command of nobody in particular, for any version. */
    public static CommandRequest of(Command command, UUID key) {
        return new CommandRequest(command, key, LoggedCommand.ANY_VERSION, Caller.ANONYMOUS, "");
    }

    /** The same request for a version of the leading aggregate. */
    public CommandRequest expecting(long version) {
        return new CommandRequest(command, key, version, caller, correlationId);
    }

    /** The same request on behalf of a caller. */
    public CommandRequest by(Caller other, String correlation) {
        return new CommandRequest(command, key, expectedVersion, other, correlation);
    }
}
