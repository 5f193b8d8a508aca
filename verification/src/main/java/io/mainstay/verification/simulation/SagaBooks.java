package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.saga.SagaEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of sagas written a second time: what a shard has to do for those it coordinates, and for those it has a step
 * of. A saga here is a list of steps, and each step a word.
 */
final class SagaBooks {
    static final String LATE = "saga-timed-out";

    private final Books books;
    private final TreeMap<Long, Plan> running = new TreeMap<>();
    private final Map<Long, End> ended = new TreeMap<>();
    private int groups;

    SagaBooks(Books books) {
        this.books = books;
    }

    SagaBooks copy(Books owner) {
        SagaBooks copy = new SagaBooks(owner);
        running.forEach((number, plan) -> copy.running.put(number, plan.copy()));
        copy.ended.putAll(ended);
        copy.groups = groups;
        return copy;
    }

    /** What is done now belongs to a group: no saga may span shards. */
    void enterGroup() {
        groups++;
    }

    void leaveGroup() {
        groups--;
    }

    int runningCount() {
        return running.size();
    }

    boolean isRunning(long saga) {
        return running.containsKey(saga);
    }

    /** Sagas that need no shard but these to end. */
    List<Long> runningOn(List<Integer> shards) {
        return running.entrySet().stream()
                .filter(saga -> saga.getValue().saga.steps().stream().allMatch(step -> shards.contains(step.shard())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How a saga ended, or null. */
    @Nullable
    End end(long saga) {
        return ended.get(saga);
    }

    /** A domain wants a saga. */
    void begin(Saga saga, Line line) throws Refused {
        int here = books.shard();
        if (saga.steps().stream().allMatch(step -> step.shard() == here)) {
            for (Saga.Step step : saga.steps()) {
                books.run(step.attempt(), line);
            }
            for (Saga.Step step : saga.steps()) {
                if (step.confirm().isPresent()) {
                    books.run(step.confirm().get(), line);
                }
            }
            return;
        }
        Refused.unless(groups == 0, "saga-in-group");
        Refused.unless(running.size() < books.config().sagasMax(), "sagas-too-many");
        for (Saga.Step step : saga.steps()) {
            long waiting = books.post().waiting(step.shard()) + saga.steps().size();
            Refused.unless(waiting <= books.config().outboxMax(), "shard-behind");
        }
        Plan plan = new Plan(saga, line.nowMicros() + saga.timeoutMicros());
        for (int index = 0; index < saga.steps().size(); index++) {
            Saga.Step step = saga.steps().get(index);
            if (step.shard() == here && !step.isPivot()) {
                books.run(step.attempt(), line);
                plan.words.set(index, Word.DONE);
            }
        }
        books.add(Plain.began(saga, here, line, plan.deadlineMicros));
        books.sagas().start(line.offset(), plan, line);
    }

    private void start(long number, Plan plan, Line line) {
        running.put(number, plan);
        for (int index = 0; index < plan.words.size(); index++) {
            if (plan.words.get(index) == Word.NOT_YET && !plan.step(index).isPivot()) {
                ask(number, plan, index);
            }
        }
        askPivotIfDue(number, plan, line);
    }

    /** A message of another shard. */
    void take(SagaCommand told, Line line) {
        switch (told) {
            case SagaCommand.Attempt attempt -> {
                boolean late = line.nowMicros() > attempt.deadlineMicros();
                String refusal = late ? LATE : books.attempt(() -> books.run(Plain.command(attempt.command()), line));
                if (refusal != null) {
                    books.add(new SagaEvent.Declined(
                            attempt.coordinator(), attempt.saga(), attempt.step(), Plain.rejection(refusal)));
                }
                books.send(
                        attempt.coordinator(),
                        new SagaCommand.Attempted(
                                attempt.saga(),
                                attempt.step(),
                                Optional.ofNullable(refusal).map(Plain::rejection)));
            }
            case SagaCommand.Finish finish -> {
                mustDo(Plain.command(finish.command()), line);
                books.send(
                        finish.coordinator(), new SagaCommand.Finished(finish.saga(), finish.step(), Optional.empty()));
            }
            case SagaCommand.Attempted(var number, var step, var refusal) ->
                attempted(number, step, refusal.map(Rejection::code).orElse(null), line);
            case SagaCommand.Finished(var number, var step, var stuck) -> {
                finished(number, plan(number), step);
                endIfOver(number, line);
            }
        }
    }

    /** True if some saga's time is up. */
    boolean isDue(long nowMicros) {
        return overdue(nowMicros) != null;
    }

    /** Cancels the saga whose time was up first. */
    void elapse(Line line) {
        Long number = overdue(line.nowMicros());
        if (number != null) {
            books.add(new SagaEvent.TimedOut(number, Plain.rejection(LATE)));
            cancel(number, plan(number), LATE, line);
        }
    }

    private @Nullable Long overdue(long nowMicros) {
        Long first = null;
        for (Map.Entry<Long, Plan> saga : running.entrySet()) {
            Plan plan = saga.getValue();
            boolean earlier = first == null || plan.deadlineMicros < plan(first).deadlineMicros;
            if (plan.mayTimeOut() && plan.deadlineMicros <= nowMicros && earlier) {
                first = saga.getKey();
            }
        }
        return first;
    }

    private void attempted(long number, int step, @Nullable String refusal, Line line) {
        Plan plan = plan(number);
        if (refusal == null) {
            books.add(new SagaEvent.AttemptMade(number, step));
            plan.words.set(step, Word.DONE);
            if (plan.refusal != null) {
                finish(number, plan, step, line);
                books.sagas().endIfOver(number, line);
            } else if (plan.words.stream().allMatch(word -> word == Word.DONE)) {
                confirm(number, plan, line);
            } else {
                askPivotIfDue(number, plan, line);
            }
            return;
        }
        books.add(new SagaEvent.AttemptRefused(number, step, Plain.rejection(refusal)));
        plan.words.set(step, Word.OVER);
        if (plan.refusal == null) {
            cancel(number, plan, refusal, line);
        } else {
            endIfOver(number, line);
        }
    }

    private void askPivotIfDue(long number, Plan plan, Line line) {
        for (int index = 0; index < plan.words.size(); index++) {
            boolean pivotWaits = plan.step(index).isPivot() && plan.words.get(index) == Word.NOT_YET;
            long done = plan.words.stream().filter(word -> word == Word.DONE).count();
            if (!pivotWaits || done < plan.words.size() - 1) {
                continue;
            }
            if (plan.step(index).shard() != books.shard()) {
                ask(number, plan, index);
                return;
            }
            plan.words.set(index, Word.ASKED);
            Command attempt = plan.step(index).attempt();
            String refusal = books.attempt(() -> books.run(attempt, line));
            books.sagas().attempted(number, index, refusal, line);
            return;
        }
    }

    private void ask(long number, Plan plan, int index) {
        plan.words.set(index, Word.ASKED);
        Saga.Step step = plan.step(index);
        books.send(
                step.shard(),
                new SagaCommand.Attempt(
                        books.shard(), number, index, plan.deadlineMicros, Plain.written(step.attempt())));
    }

    private void confirm(long number, Plan plan, Line line) {
        plan.confirming = true;
        for (int index = 0; index < plan.words.size(); index++) {
            if (plan.step(index).confirm().isPresent()) {
                finish(number, plan, index, line);
            } else {
                plan.words.set(index, Word.OVER);
            }
        }
        endIfOver(number, line);
    }

    private void cancel(long number, Plan plan, String refusal, Line line) {
        plan.refusal = refusal;
        for (int index = 0; index < plan.words.size(); index++) {
            if (plan.words.get(index) == Word.DONE) {
                finish(number, plan, index, line);
            } else if (plan.words.get(index) == Word.NOT_YET) {
                plan.words.set(index, Word.OVER);
            }
        }
        endIfOver(number, line);
    }

    /** Confirms a step, or cancels it if the saga is refused. */
    private void finish(long number, Plan plan, int index, Line line) {
        Saga.Step step = plan.step(index);
        boolean cancels = plan.refusal != null;
        Command command = (cancels ? step.cancel() : step.confirm()).orElseThrow();
        if (step.shard() == books.shard()) {
            mustDo(command, line);
            finished(number, plan, index);
        } else {
            books.send(
                    step.shard(),
                    new SagaCommand.Finish(books.shard(), number, index, cancels, Plain.written(command)));
        }
    }

    private void finished(long number, Plan plan, int index) {
        plan.words.set(index, Word.OVER);
        books.add(new SagaEvent.StepFinished(number, index));
    }

    private void endIfOver(long number, Line line) {
        Plan plan = running.get(number);
        if (plan != null && plan.words.stream().allMatch(word -> word == Word.OVER)) {
            running.remove(number);
            ended.put(number, new End(line.offset(), plan.refusal));
            books.add(new SagaEvent.Ended(
                    number, Optional.ofNullable(plan.refusal).map(Plain::rejection)));
        }
    }

    private void mustDo(Command command, Line line) {
        try {
            books.run(command, line);
        } catch (Refused refused) {
            throw new IllegalStateException("refused by its own rules: " + command, refused);
        }
    }

    private Plan plan(long number) {
        Plan plan = running.get(number);
        if (plan == null) {
            throw new IllegalStateException("shard " + books.shard() + " runs no saga " + number);
        }
        return plan;
    }

    /** Where a step stands. */
    private enum Word {
        NOT_YET,
        ASKED,
        DONE,
        OVER
    }

    /** A saga under way. */
    private static final class Plan {
        private final Saga saga;
        private final long deadlineMicros;
        private final List<Word> words = new ArrayList<>();
        private boolean confirming;
        private @Nullable String refusal;

        Plan(Saga saga, long deadlineMicros) {
            this.saga = saga;
            this.deadlineMicros = deadlineMicros;
            saga.steps().forEach(step -> words.add(Word.NOT_YET));
        }

        Plan copy() {
            Plan copy = new Plan(saga, deadlineMicros);
            copy.words.clear();
            copy.words.addAll(words);
            copy.confirming = confirming;
            copy.refusal = refusal;
            return copy;
        }

        Saga.Step step(int index) {
            return saga.steps().get(index);
        }

        /** Time decides nothing once the pivot is asked. */
        boolean mayTimeOut() {
            for (int index = 0; index < words.size(); index++) {
                if (step(index).isPivot() && words.get(index) != Word.NOT_YET) {
                    return false;
                }
            }
            return !confirming && refusal == null;
        }
    }

    /**
     * The end of a saga.
     *
     * @param offset of the entry that ended it
     * @param refusal the code why it was undone, or null
     */
    record End(long offset, @Nullable String refusal) {}
}
