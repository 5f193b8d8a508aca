package io.mainstay.core.deadletters;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * What an operator does with events that could not be projected. Safe for use by many threads; nothing here blocks.
 *
 * <p>Stages fail with {@link DeadLetterRefusal} if the letter is not there or not in the state for it, and with {@link
 * io.mainstay.core.EngineException}: RETRY if too many operations are under way or the server stops, DEGRADED if the
 * database does not serve.
 */
public interface DeadLetterOperations {
    /** Those that a query wants, by target, shard and place in the log. */
    CompletionStage<List<DeadLetter>> list(DeadLetterQuery query);

    /** All about one. */
    CompletionStage<DeadLetterDetails> show(UUID id);

    /**
     * Tries all open letters of this one's target and shard again, in the order of the log, each in a transaction of its own,
     * while projection goes on. One that touches a row of one that is still open stays queued.
     */
    CompletionStage<RetryReport> retry(UUID id);

    /**
     * Passes an event over for good: its rows keep their values, but versions move on as if it were there, so that the letters
     * behind it can be retried.
     *
     * @param by who wants it
     * @param reason why; is kept with the letter and logged
     */
    CompletionStage<DeadLetterDetails> discard(UUID id, String by, String reason);
}
