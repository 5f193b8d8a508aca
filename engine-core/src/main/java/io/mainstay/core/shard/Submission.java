package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LoggedCommand;
import java.util.function.Consumer;

/** What lies in a shard's mailbox. */
public sealed interface Submission {
    /**
     * A command on its way into the log.
     *
     * @param logged the same command as it will stand in the log, encoded by the caller's thread
     * @param requestHash of {@code logged}
     * @param reply called once, on the shard's thread: it must not block
     */
    record CommandSubmission(Command command, LoggedCommand logged, long requestHash, Consumer<Outcome> reply)
            implements Submission {
        public static CommandSubmission of(Command command, LoggedCommand logged, Consumer<Outcome> reply) {
            return new CommandSubmission(command, logged, logged.requestHash(), reply);
        }
    }

    /** A look at the state, after all that was answered before. */
    record ReadSubmission(Reader reader, Consumer<EngineException> refused) implements Submission {}

    /** Runs on the shard's thread. */
    interface Reader {
        void read(ShardState state, long nextOffset);
    }
}
