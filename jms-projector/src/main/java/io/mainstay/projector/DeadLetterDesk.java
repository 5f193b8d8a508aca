package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.deadletters.DeadLetterDetails;
import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.deadletters.DeadLetterQuery;
import io.mainstay.core.deadletters.DeadLetterRefusal;
import io.mainstay.core.deadletters.RetryReport;
import io.mainstay.core.domain.Event;
import io.mainstay.projector.DeadLetterReplay.Replayed;
import jakarta.persistence.EntityManager;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Deals with dead letters as operators want it, each time on a thread of its own: few readings, and one change at a time. */
final class DeadLetterDesk implements DeadLetterOperations {
    private static final Logger LOG = Logger.getLogger(DeadLetterDesk.class.getName());
    private static final int READINGS_MAX = 4;
    private static final int PAGE_LETTERS = 100;
    private static final int CONTENTION_ATTEMPTS_MAX = 10;

    /**
     * A target that letters are of.
     *
     * @param metrics told how many letters are open
     */
    record Target(FrameProjection projection, DeadLetterReplay replay, ProjectionMetrics metrics) {}

    private final Map<String, Target> targets;
    private final FrameTransaction transaction;
    private final Hooks hooks;
    private final Backoff backoff;
    private final ThreadFactory threads;
    private final StopSignal stop;
    private final Semaphore readings = new Semaphore(READINGS_MAX);
    private final Semaphore changes = new Semaphore(1);

    /** {@code targets} that are on, by name. */
    DeadLetterDesk(
            Map<String, Target> targets,
            FrameTransaction transaction,
            Hooks hooks,
            Backoff backoff,
            ThreadFactory threads,
            StopSignal stop) {
        this.targets = Map.copyOf(targets);
        this.transaction = transaction;
        this.hooks = hooks;
        this.backoff = backoff;
        this.threads = threads;
        this.stop = stop;
    }

    @Override
    public CompletionStage<List<DeadLetter>> list(DeadLetterQuery query) {
        return start(readings, () -> ask(entities -> new DeadLetterTable(entities).list(query)));
    }

    @Override
    public CompletionStage<DeadLetterDetails> show(UUID id) {
        return start(readings, () -> details(id));
    }

    @Override
    public CompletionStage<RetryReport> retry(UUID id) {
        return start(changes, () -> retryAll(letter(id)));
    }

    @Override
    public CompletionStage<DeadLetterDetails> discard(UUID id, String by, String reason) {
        return start(changes, () -> {
            DeadLetter letter = letter(id);
            Target target = target(letter);
            Replayed discarded = ask(entities -> target.replay().discard(entities, id, by, reason));
            LOG.warning(() -> "shard %d: event %d of offset %d, %s of %s, is discarded from %s by %s: %s"
                    .formatted(
                            letter.shard(),
                            letter.index(),
                            letter.offset(),
                            letter.type(),
                            letter.domain(),
                            letter.target(),
                            by,
                            reason));
            after(discarded);
            count(letter, target);
            return details(id);
        });
    }

    private RetryReport retryAll(DeadLetter asked) {
        Target target = target(asked);
        ParkedRows waiting = new ParkedRows();
        Map<State, Integer> counts = new EnumMap<>(State.class);
        long offset = -1;
        int index = 0;
        List<UUID> page;
        do {
            long fromOffset = offset;
            int fromIndex = index;
            page = ask(entities -> new DeadLetterTable(entities)
                    .openBehind(asked.target(), asked.shard(), fromOffset, fromIndex, PAGE_LETTERS));
            for (UUID id : page) {
                if (stop.isStopped()) {
                    throw new EngineException(Severity.RETRY, "the application stops");
                }
                DeadLetter letter = letter(id);
                offset = letter.offset();
                index = letter.index();
                retry(target, letter, waiting).ifPresent(state -> counts.merge(state, 1, Integer::sum));
            }
        } while (!page.isEmpty());
        count(asked, target);
        RetryReport report = new RetryReport(
                asked.target(),
                asked.shard(),
                counts.getOrDefault(State.RESOLVED, 0),
                counts.getOrDefault(State.PARKED, 0),
                counts.getOrDefault(State.QUEUED, 0));
        LOG.info(() -> "dead letters tried again: " + report);
        return report;
    }

    /** The letter's state after it; empty if it was open no more. */
    private Optional<State> retry(Target target, DeadLetter letter, ParkedRows waiting) {
        try {
            Optional<Replayed> replayed = ask(entities -> target.replay().retry(entities, letter.id(), waiting));
            replayed.ifPresent(this::after);
            if (replayed.isPresent() && replayed.get().state().isOpen()) {
                waiting.add(letter.rows());
            }
            return replayed.map(Replayed::state);
        } catch (PoisonEventException | RefusedDataException failure) {
            waiting.add(letter.rows());
            Cause cause = Cause.of(failure);
            ask(entities -> {
                target.replay().failed(entities, letter.id(), cause);
                return true;
            });
            return Optional.of(State.PARKED);
        }
    }

    private void after(Replayed replayed) {
        if (replayed.written() != null) {
            hooks.after(replayed.written());
        }
    }

    private void count(DeadLetter letter, Target target) {
        target.metrics()
                .deadLetters(
                        letter.shard(), ask(entities -> target.projection().openLetters(entities, letter.shard())));
    }

    private DeadLetter letter(UUID id) {
        return ask(entities ->
                DeadLetterReplay.find(new DeadLetterTable(entities), id).letter());
    }

    private DeadLetterDetails details(UUID id) {
        DeadLetterRow row = ask(entities -> DeadLetterReplay.find(new DeadLetterTable(entities), id));
        return new DeadLetterDetails(
                row.letter(),
                row.stack(),
                masked(row),
                HexFormat.of().formatHex(row.frameHash()),
                row.closedBy(),
                row.closedBecause());
    }

    private @Nullable String masked(DeadLetterRow row) {
        Target target = targets.get(row.letter().target());
        if (row.event() == null || target == null) {
            return null;
        }
        try {
            Event event = target.replay()
                    .tried(row, new RowBatch(DeadLetterReplay.place(row.letter())))
                    .event();
            return event == null ? null : EventText.json(event);
        } catch (EngineException unreadable) {
            LOG.log(Level.FINE, unreadable, unreadable::getMessage);
            return null;
        }
    }

    private Target target(DeadLetter letter) {
        Target target = targets.get(letter.target());
        if (target == null) {
            throw new EngineException(
                    Severity.DEGRADED,
                    "target " + letter.target() + " of dead letter " + letter.id()
                            + " is off; mainstay.projection.targets names those that are on");
        }
        return target;
    }

    private <R> CompletionStage<R> start(Semaphore places, Supplier<R> work) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new EngineException(
                    Severity.RETRY, "dead letters are being dealt with already; ask again when that has ended"));
        }
        CompletableFuture<R> answer = new CompletableFuture<>();
        try {
            threads.newThread(() -> run(places, work, answer)).start();
        } catch (RuntimeException noThread) {
            places.release();
            return CompletableFuture.failedFuture(
                    new EngineException(Severity.RETRY, "no thread to work on: the server stops", noThread));
        }
        return answer.copy();
    }

    private static <R> void run(Semaphore places, Supplier<R> work, CompletableFuture<R> answer) {
        @Nullable R done = null;
        Throwable failure = null;
        try {
            done = work.get();
        } catch (StopSignal.StoppedException stopped) {
            failure = new EngineException(Severity.RETRY, "the application stops");
        } catch (RuntimeException | Error other) {
            failure = other;
        }
        // Before the answer, so that whoever has it may ask again.
        places.release();
        if (failure == null) {
            answer.complete(done);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /** In a transaction, again if another one was in the way. */
    private <R> R ask(Function<EntityManager, R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                prepare();
                return transaction.run(entities -> apply(work, entities));
            } catch (RolledBackException ended) {
                throw ended.told();
            } catch (PoisonEventException poison) {
                throw poison;
            } catch (HookException held) {
                throw new EngineException(Severity.DEGRADED, String.valueOf(held.getMessage()), held);
            } catch (RuntimeException failure) {
                SqlFailure kind = SqlFailure.of(failure);
                if (kind == SqlFailure.DATA || kind == SqlFailure.DUPLICATE) {
                    throw new RefusedDataException(failure);
                }
                if (kind != SqlFailure.CONTENTION || attempt == CONTENTION_ATTEMPTS_MAX) {
                    throw new EngineException(
                            Severity.DEGRADED,
                            "the database does not serve (" + Cause.of(failure).text() + ")",
                            failure);
                }
                stop.pause(backoff.after(attempt));
            }
        }
    }

    private static <R> R apply(Function<EntityManager, R> work, EntityManager entities) {
        try {
            return work.apply(entities);
        } catch (DeadLetterRefusal | EngineException told) {
            throw new RolledBackException(told);
        }
    }

    private void prepare() {
        for (Target target : targets.values()) {
            if (!target.projection().isPrepared()) {
                transaction.run(entities -> {
                    target.projection().prepare(entities);
                    return true;
                });
            }
        }
    }
}
