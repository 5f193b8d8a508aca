package io.mainstay.projector;

import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.projector.FrameProjection.Attempt;
import io.mainstay.projector.FrameProjection.Letters;
import io.mainstay.projector.FrameProjection.Projected;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings frames into a target: many in one transaction, tried again until the database takes them.
 *
 * <p>Used by several threads, one shard's frames one after the other.
 */
final class BatchProjector {
    private static final Logger LOG = Logger.getLogger(BatchProjector.class.getName());

    private final FrameProjection projection;
    private final FrameTransaction transaction;
    private final Hooks hooks;
    private final ProjectionMetrics metrics;
    private final Backoff backoff;
    private final CircuitBreaker breaker;
    private final StopSignal stop;

    BatchProjector(
            FrameProjection projection,
            FrameTransaction transaction,
            Hooks hooks,
            ProjectionMetrics metrics,
            Backoff backoff,
            CircuitBreaker breaker,
            StopSignal stop) {
        this.projection = projection;
        this.transaction = transaction;
        this.hooks = hooks;
        this.metrics = metrics;
        this.backoff = backoff;
        this.breaker = breaker;
        this.stop = stop;
    }

    /** True if the target may begin in the middle of a log. */
    boolean beginsAnywhere() {
        return projection.target().beginsAnywhere();
    }

    /** Where the target's next frame of a shard stands; empty if it has begun nowhere. */
    Optional<LogPosition> position(int shard) {
        return ask(
                shard,
                repeats -> transaction.run(entities -> {
                    metrics.deadLetters(shard, projection.openLetters(entities, shard));
                    return projection.position(entities, shard);
                }));
    }

    /**
     * Projects the first of these frames, as many as one transaction takes: all of them, unless one is out of order or
     * cannot be projected with the others.
     *
     * @param frames of one shard, in their order, at least one
     */
    Projected project(int shard, List<LogFrame> frames) {
        long startNanos = System.nanoTime();
        Projected projected = null;
        Poison poison = new Poison();
        while (projected == null) {
            try {
                projected = ask(
                        shard,
                        repeats -> transaction.run(entities ->
                                projection.project(entities, frames, Attempt.of(repeats, poison), hooks::before)));
            } catch (PoisonEventException found) {
                poison.add(found.place(), found);
            } catch (DamagedLogException damage) {
                if (frames.size() == 1) {
                    throw damage;
                }
                // One of them: those before it shall not wait for it.
                return project(shard, frames.subList(0, frames.size() / 2));
            } catch (RefusedDataException refused) {
                if (frames.size() > 1) {
                    return project(shard, frames.subList(0, frames.size() / 2));
                }
                find(shard, frames.get(0), poison, refused);
            }
        }
        tell(shard, frames, projected, System.nanoTime() - startNanos);
        return projected;
    }

    /**
     * Finds an event without which the database would take the frame up to it. By halves, for a refused statement ends its
     * transaction: each trial is one of its own, rolled back whatever comes of it.
     */
    private void find(int shard, LogFrame frame, Poison poison, RefusedDataException whole) {
        RuntimeException refusal = whole;
        int taken = 0;
        int refused = FrameProjection.eventCount(frame);
        while (refused - taken > 1) {
            int middle = (taken + refused) >>> 1;
            RuntimeException failure = trial(shard, frame, new Attempt(true, poison, middle));
            if (failure instanceof PoisonEventException found) {
                poison.add(found.place(), found);
                return;
            }
            if (failure == null) {
                taken = middle;
            } else {
                refused = middle;
                refusal = failure;
            }
        }
        if (refused == 0) {
            throw new DamagedLogException("the database refuses a frame that tells no event: "
                    + Cause.of(whole).text());
        }
        poison.add(FrameProjection.placeOf(frame, taken), refusal);
    }

    /** Why the first events of a frame cannot be written; null if they can. */
    private @Nullable RuntimeException trial(int shard, LogFrame frame, Attempt attempt) {
        try {
            return ask(
                    shard,
                    repeats -> transaction.run(entities -> {
                        projection.project(entities, List.of(frame), attempt, rows -> {});
                        entities.flush();
                        // What a commit would check.
                        entities.createNativeQuery("SET CONSTRAINTS ALL IMMEDIATE")
                                .executeUpdate();
                        throw new TrialPassedException();
                    }));
        } catch (TrialPassedException passed) {
            return null;
        } catch (PoisonEventException | RefusedDataException failure) {
            return failure;
        }
    }

    private <R> R ask(int shard, Question<R> question) {
        boolean repeats = false;
        for (int attempt = 1; ; attempt++) {
            breaker.await();
            try {
                prepare();
                R answer = question.ask(repeats);
                breaker.answered();
                return answer;
            } catch (DamagedLogException | PoisonEventException | TrialPassedException told) {
                breaker.answered();
                throw told;
            } catch (HookException hook) {
                breaker.answered();
                metrics.retried(shard);
                LOG.log(attempt == 1 ? Level.WARNING : Level.FINE, hook, hook::getMessage);
                stop.pause(backoff.after(attempt));
            } catch (RuntimeException failure) {
                metrics.retried(shard);
                SqlFailure kind = SqlFailure.of(failure);
                switch (kind) {
                    case AWAY, REFUSED -> breaker.failed(kind, failure);
                    case DUPLICATE -> {
                        breaker.answered();
                        if (repeats) {
                            throw new RefusedDataException(failure);
                        }
                        repeats = true;
                    }
                    case DATA -> {
                        breaker.answered();
                        throw new RefusedDataException(failure);
                    }
                    case CONTENTION -> {
                        breaker.answered();
                        LOG.log(Level.FINE, failure, () -> "shard " + shard + " lost against another transaction");
                        stop.pause(backoff.after(attempt));
                    }
                }
            }
        }
    }

    private void prepare() {
        if (!projection.isPrepared()) {
            transaction.run(entities -> {
                projection.prepare(entities);
                return true;
            });
        }
    }

    private void tell(int shard, List<LogFrame> frames, Projected projected, long nanos) {
        metrics.skipped(shard, projected.skipped());
        tell(shard, projected.letters());
        if (projected.frames() > 0) {
            FrameHeader last = frames.get(projected.done() - 1).header();
            metrics.projected(
                    shard,
                    new ProjectionMetrics.Progress(
                            projected.frames(),
                            projected.rows(),
                            projected.written().nextOffset(),
                            last.nextOffset(),
                            last.timestampMicros(),
                            Duration.ofNanos(nanos)));
            hooks.after(projected.written());
        }
    }

    /** Once for each event, and without a value of a row. */
    private void tell(int shard, Letters letters) {
        metrics.deadLetters(shard, letters.openCount());
        if (!letters.fresh().isEmpty()) {
            metrics.parked(shard, letters.fresh().size());
        }
        for (ParkedEvent event : letters.fresh()) {
            LOG.log(
                    event.state() == DeadLetter.State.PARKED ? Level.SEVERE : Level.FINE,
                    () ->
                            "shard %d: event %d of offset %d, %s of %s, is not projected to %s: %s; later events of its rows wait, all others go on; ./mainstay dead-letters"
                                    .formatted(
                                            shard,
                                            event.place().index(),
                                            event.place().offset(),
                                            event.type().isEmpty() ? "unreadable" : event.type(),
                                            event.domain(),
                                            projection.target().name(),
                                            event.cause().text()));
        }
    }

    private interface Question<R> {
        /** @param repeats whether to look for rows that may be there already */
        R ask(boolean repeats);
    }
}
