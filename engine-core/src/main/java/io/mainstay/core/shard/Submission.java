package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import java.util.function.Consumer;

/** What lies in a shard's mailbox. */
public sealed interface Submission {
    /** Answers that it was not taken, to whoever waits for an answer. */
    default void refuse(Outcome.Unavailable why) {
        switch (this) {
            case CommandSubmission command -> command.reply().accept(why);
            case ReadSubmission read -> read.refused().accept(asException(why));
            case HashSubmission question -> question.refused().accept(asException(why));
            case MessageSubmission message -> {}
            case AcknowledgementSubmission acknowledgement -> {}
            case TimeSubmission time -> {}
        }
    }

    private static EngineException asException(Outcome.Unavailable why) {
        return new EngineException(Severity.RETRY, "shard " + why.shard() + " is " + why.reason());
    }

    /** What goes into the log. */
    sealed interface Loggable extends Submission {
        /** As it stands in the log. */
        LogEntry logged();
    }

    /**
     * A command on its way into the log.
     *
     * @param logged the same command as it will stand in the log, encoded by the caller's thread
     * @param requestHash of {@code logged}
     */
    record CommandSubmission(Command command, LoggedCommand logged, long requestHash, Reply reply) implements Loggable {
        public static CommandSubmission of(Command command, LoggedCommand logged, Reply reply) {
            return new CommandSubmission(command, logged, logged.requestHash(), reply);
        }
    }

    /** A message from another shard; it may come again, and behind later ones. */
    record MessageSubmission(ReceivedMessage logged) implements Loggable {}

    /** A receiver's word that it has executed messages; it may come again. */
    record AcknowledgementSubmission(Acknowledgement logged) implements Loggable {}

    /** The shard's own note that it is time for something; it does not come through the mailbox. */
    record TimeSubmission(TimePassed logged) implements Loggable {}

    /** A look at the state, after all that was answered before. */
    record ReadSubmission(Reader reader, Consumer<EngineException> refused) implements Submission {}

    /**
     * A question for the hash of the whole state, between two batches. Answering it takes as long as encoding a snapshot
     * of the state, and the shard does nothing else meanwhile.
     *
     * @param reply called once, on the shard's thread
     */
    record HashSubmission(Consumer<StateAt> reply, Consumer<EngineException> refused) implements Submission {}

    /**
     * The state between two batches.
     *
     * @param offset of the next entry to be executed
     * @param hash equal to {@link ReplayedShard#stateHash} at this offset
     */
    record StateAt(long offset, byte[] hash) {}

    /** Runs on the shard's thread. */
    interface Reader {
        void read(ShardState state, long nextOffset);
    }
}
