package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.saga.RunningSaga;
import io.mainstay.core.saga.RunningSaga.Phase;
import io.mainstay.core.saga.RunningSaga.StepPhase;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.saga.SagaCommand.Attempt;
import io.mainstay.core.saga.SagaCommand.Attempted;
import io.mainstay.core.saga.SagaCommand.Finish;
import io.mainstay.core.saga.SagaCommand.Finished;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaEvent.PlannedStep;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.saga.StepCommand;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of sagas: those of its own shard, within the transaction of the entry that makes them due; those of other
 * shards by messages.
 */
final class SagaSteps {
    private static final Rejection LATE = new Rejection(
            Kind.REFUSED, "saga-timed-out", "Not every shard could do its part in time; nothing was done.", "");

    private final Domains domains;
    private final SagaState sagas;
    private final CommandContext context;
    private final WireWriter commandBytes = new WireWriter(256);

    SagaSteps(Domains domains, SagaState sagas, CommandContext context) {
        this.domains = domains;
        this.sagas = sagas;
        this.context = context;
    }

    /** Begins a saga that spans shards; returns why it is refused, and then nothing has happened, or null. */
    @Nullable
    Rejection begin(Saga saga, Transaction transaction) {
        List<Saga.Step> steps = saga.steps();
        List<PlannedStep> planned = new ArrayList<>(steps.size());
        for (Saga.Step step : steps) {
            boolean now = step.shard() == context.shard() && !step.isPivot();
            Rejection refusal = now ? transaction.attempt(step.attempt()) : null;
            if (refusal != null) {
                transaction.rollback();
                return refusal;
            }
            planned.add(new PlannedStep(
                    step.shard(),
                    step.attempt().getClass().getSimpleName(),
                    now ? Optional.empty() : Optional.of(written(step.attempt())),
                    step.confirm().map(this::written),
                    step.cancel().map(this::written)));
        }
        long deadlineMicros = context.nowMicros() + saga.timeoutMicros();
        transaction.record(
                new SagaEvent.Began(context.offset(), saga.subject(), context.nowMicros(), deadlineMicros, planned));
        RunningSaga running = sagas.get(context.offset());
        for (int step = 0; step < running.stepCount(); step++) {
            if (running.step(step) == StepPhase.ASKED) {
                ask(running, step, transaction);
            }
        }
        return null;
    }

    /** Does what another shard of a saga asks for or tells. */
    void take(SagaCommand command, Transaction transaction) {
        switch (command) {
            case Attempt attempt -> attempt(attempt, transaction);
            case Finish finish -> finish(finish, transaction);
            case Attempted(var saga, var step, var refusal) ->
                attempted(sagas.get(saga), step, refusal.orElse(null), transaction);
            case Finished(var saga, var step, var stuck) -> {
                finished(sagas.get(saga), step, stuck.orElse(null), transaction);
                endIfOver(sagas.get(saga), transaction);
            }
        }
    }

    /** Cancels the saga that has run out of time, if there is one. */
    void elapse(Transaction transaction) {
        sagas.overdue(context.nowMicros()).ifPresent(running -> {
            StepPhase[] before = phases(running);
            transaction.record(new SagaEvent.TimedOut(running.number(), LATE));
            goOn(running, before, transaction);
        });
    }

    private void attempt(Attempt attempt, Transaction transaction) {
        Rejection refusal = context.nowMicros() > attempt.deadlineMicros()
                ? LATE
                : transaction.attempt(attempt.command().decode(domains));
        if (refusal != null) {
            transaction.record(new SagaEvent.Declined(attempt.coordinator(), attempt.saga(), attempt.step(), refusal));
        }
        transaction.send(new Message(
                attempt.coordinator(), new Attempted(attempt.saga(), attempt.step(), Optional.ofNullable(refusal))));
    }

    private void finish(Finish finish, Transaction transaction) {
        Rejection stuck = transaction.attempt(finish.command().decode(domains));
        if (stuck != null) {
            transaction.record(new SagaEvent.Declined(finish.coordinator(), finish.saga(), finish.step(), stuck));
        }
        transaction.send(new Message(
                finish.coordinator(), new Finished(finish.saga(), finish.step(), Optional.ofNullable(stuck))));
    }

    private void attempted(RunningSaga running, int step, @Nullable Rejection refusal, Transaction transaction) {
        StepPhase[] before = phases(running);
        transaction.record(
                refusal == null
                        ? new SagaEvent.AttemptMade(running.number(), step)
                        : new SagaEvent.AttemptRefused(running.number(), step, refusal));
        goOn(running, before, transaction);
    }

    /** Does what has become due by the last event. */
    private void goOn(RunningSaga running, StepPhase[] before, Transaction transaction) {
        for (int step = 0; step < before.length; step++) {
            StepPhase now = running.step(step);
            if (now == before[step]) {
                continue;
            }
            if (now == StepPhase.ASKED) {
                askPivot(running, step, transaction);
                return;
            }
            if (now == StepPhase.FINISHING) {
                finish(running, step, transaction);
            }
        }
        endIfOver(running, transaction);
    }

    private void askPivot(RunningSaga running, int step, Transaction transaction) {
        if (running.began().steps().get(step).shard() == context.shard()) {
            Rejection refusal = transaction.attempt(attempt(running, step).decode(domains));
            attempted(running, step, refusal, transaction);
        } else {
            ask(running, step, transaction);
        }
    }

    private void ask(RunningSaga running, int step, Transaction transaction) {
        transaction.send(new Message(
                running.began().steps().get(step).shard(),
                new Attempt(
                        context.shard(),
                        running.number(),
                        step,
                        running.began().deadlineMicros(),
                        attempt(running, step))));
    }

    private static StepCommand attempt(RunningSaga running, int step) {
        return running.began().steps().get(step).attempt().orElseThrow();
    }

    private void finish(RunningSaga running, int step, Transaction transaction) {
        PlannedStep planned = running.began().steps().get(step);
        boolean cancels = running.phase() == Phase.CANCELLING;
        StepCommand command = (cancels ? planned.cancel() : planned.confirm()).orElseThrow();
        if (planned.shard() == context.shard()) {
            finished(running, step, transaction.attempt(command.decode(domains)), transaction);
        } else {
            transaction.send(new Message(
                    planned.shard(), new Finish(context.shard(), running.number(), step, cancels, command)));
        }
    }

    private static void finished(RunningSaga running, int step, @Nullable Rejection stuck, Transaction transaction) {
        transaction.record(
                stuck == null
                        ? new SagaEvent.StepFinished(running.number(), step)
                        : new SagaEvent.StepStuck(running.number(), step, stuck));
    }

    private static void endIfOver(RunningSaga running, Transaction transaction) {
        if (running.isOver()) {
            transaction.record(new SagaEvent.Ended(running.number(), running.refusal()));
        }
    }

    private static StepPhase[] phases(RunningSaga running) {
        StepPhase[] phases = new StepPhase[running.stepCount()];
        for (int step = 0; step < phases.length; step++) {
            phases[step] = running.step(step);
        }
        return phases;
    }

    private StepCommand written(Command command) {
        Domain<?, ?, ?> domain = domains.of(command);
        commandBytes.clear();
        domains.encode(command, commandBytes);
        return new StepCommand(domain.id(), domain.schemaVersion(), commandBytes.toByteArray());
    }
}
