package io.mainstay.core.saga;

import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A fact about a saga; on the coordinator unless it says otherwise. */
public sealed interface SagaEvent extends Event {
    long saga();

    /**
     * The saga has begun, and the attempts of its coordinator's own steps are made.
     *
     * @param subject what it is about, for people
     */
    record Began(long saga, UUID subject, long beganMicros, long deadlineMicros, List<PlannedStep> steps)
            implements SagaEvent {
        public Began {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A step as the saga began.
     *
     * @param what the type of command that attempts it, for people
     * @param what the type of command that attempts it, for people
     * @param attempt empty if it is made already
     */
    record PlannedStep(
            int shard,
            String what,
            Optional<StepCommand> attempt,
            Optional<StepCommand> confirm,
            Optional<StepCommand> cancel) {}

    /** The attempt is made. */
    record AttemptMade(long saga, int step) implements SagaEvent {}

    /** The attempt is refused: the saga is cancelled, if it was not before. */
    record AttemptRefused(long saga, int step, Rejection refusal) implements SagaEvent {}

    /** The attempts were not made in time: the saga is cancelled. */
    record TimedOut(long saga, Rejection refusal) implements SagaEvent {}

    /** The step is confirmed or cancelled. */
    record StepFinished(long saga, int step) implements SagaEvent {}

    /** The step's domain has refused to confirm or to cancel it, which it must not: the saga stays, for an operator. */
    record StepStuck(long saga, int step, Rejection refusal) implements SagaEvent {}

    /** Nothing of the saga is left to do. */
    record Ended(long saga, Optional<Rejection> refusal) implements SagaEvent {}

    /** On the shard of a step: its attempt is refused, and nothing has changed. */
    record Declined(int coordinator, long saga, int step, Rejection refusal) implements SagaEvent {}
}
