package io.mainstay.core.saga;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.route.Route;
import java.util.Optional;
import java.util.UUID;

/**
 * What the shards of a saga tell each other. Sent by messages only, so each comes exactly once and in the order it was sent.
 *
 * <p>A saga's number is the offset of the command that began it, in the log of its coordinator.
 */
public sealed interface SagaCommand extends Command {
    /** Number of the saga on its coordinator. */
    long saga();

    /** Index of the step in the saga. */
    int step();

    /** To a step's shard: attempt it, unless it is later than the deadline. */
    record Attempt(int coordinator, long saga, int step, long deadlineMicros, StepCommand command)
            implements SagaCommand {}

    /** To the coordinator: what became of the attempt. */
    record Attempted(long saga, int step, Optional<Rejection> refusal) implements SagaCommand {}

    /** To the shard of an attempted step: all others are attempted too, or, if {@code cancels}, one is not. */
    record Finish(int coordinator, long saga, int step, boolean cancels, StepCommand command) implements SagaCommand {}

    /** To the coordinator: the step is confirmed or cancelled, or {@code stuck}, because its domain refused that. */
    record Finished(long saga, int step, Optional<Rejection> stuck) implements SagaCommand {}

    /** Nobody routes it; no two messages of one shard have the same. */
    @Override
    default Route route() {
        int kind = switch (this) {
            case Attempt attempt -> 1;
            case Attempted attempted -> 2;
            case Finish finish -> 3;
            case Finished finished -> 4;
        };
        return new Route.Unlisted(new UUID((long) kind << 32 | step(), saga()));
    }
}
