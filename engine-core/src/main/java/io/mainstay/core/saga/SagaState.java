package io.mainstay.core.saga;

import io.mainstay.core.EngineException;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.StateMachine;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeSet;

/** The sagas that a shard coordinates and that have not ended, by their numbers. */
public final class SagaState {
    /** In the order of their numbers, for later ones begin later. */
    private final LinkedHashMap<Long, RunningSaga> sagas = new LinkedHashMap<>();

    private final TreeSet<Deadline> deadlines = new TreeSet<>();

    /** When a saga runs out of time. */
    private record Deadline(long micros, long saga) implements Comparable<Deadline> {
        static Deadline of(RunningSaga running) {
            return new Deadline(running.began().deadlineMicros(), running.number());
        }

        @Override
        public int compareTo(Deadline other) {
            return micros != other.micros ? Long.compare(micros, other.micros) : Long.compare(saga, other.saga);
        }
    }

    SagaState() {}

    /** All, oldest first. */
    public Collection<RunningSaga> all() {
        return Collections.unmodifiableCollection(sagas.values());
    }

    public int size() {
        return sagas.size();
    }

    /** True if the command at that offset began a saga that has not ended. */
    public boolean isRunning(long saga) {
        return !sagas.isEmpty() && sagas.containsKey(saga);
    }

    /** The saga of that number. One that has ended is a bug: a coordinator waits for all that it has asked for. */
    public RunningSaga get(long saga) {
        RunningSaga running = sagas.get(saga);
        if (running == null) {
            throw new EngineException(EngineException.Severity.FATAL, "saga " + saga + " is not running");
        }
        return running;
    }

    /** The saga that runs out of time next, if it has. */
    public Optional<RunningSaga> overdue(long nowMicros) {
        return dueMicros() > nowMicros
                ? Optional.empty()
                : Optional.of(get(deadlines.first().saga()));
    }

    /** When the next saga runs out of time; {@link StateMachine#NEVER} if none does. */
    long dueMicros() {
        return deadlines.isEmpty() ? StateMachine.NEVER : deadlines.first().micros();
    }

    void apply(SagaEvent event) {
        switch (event) {
            case SagaEvent.Began began -> add(new RunningSaga(began));
            case SagaEvent.AttemptMade(var saga, var step) -> {
                get(saga).made(step);
                watchDeadline(get(saga));
            }
            case SagaEvent.AttemptRefused(var saga, var step, var refusal) -> {
                get(saga).refused(step, refusal);
                watchDeadline(get(saga));
            }
            case SagaEvent.TimedOut(var saga, var refusal) -> {
                get(saga).cancel(refusal);
                watchDeadline(get(saga));
            }
            case SagaEvent.StepFinished(var saga, var step) -> get(saga).finished(step);
            case SagaEvent.StepStuck(var saga, var step, var refusal) ->
                get(saga).stuck(step);
            case SagaEvent.Ended(var saga, var refusal) -> remove(get(saga));
            case SagaEvent.Declined declined -> {}
        }
    }

    void add(RunningSaga running) {
        Invariants.check(
                sagas.put(running.number(), running) == null,
                "saga %d began twice, %d are running",
                running.number(),
                sagas.size());
        if (running.mayTimeOut()) {
            deadlines.add(Deadline.of(running));
        }
    }

    private void watchDeadline(RunningSaga running) {
        if (!deadlines.isEmpty() && !running.mayTimeOut()) {
            deadlines.remove(Deadline.of(running));
        }
    }

    private void remove(RunningSaga running) {
        Invariants.check(
                running.isOver(), "saga %d ended with steps of %d left", running.number(), running.stepCount());
        sagas.remove(running.number());
    }
}
