package io.mainstay.projector;

import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionHook;
import io.mainstay.projector.FrameProjection.Projected;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings frames into a target: many in one transaction, tried again until the database takes them.
 *
 * <p>Used by several threads, one shard's frames one after the other.
 */
final class BatchProjector {
    private static final Logger LOG = Logger.getLogger(BatchProjector.class.getName());

    private final FrameProjection projection;
    private final FrameTransaction transaction;
    private final List<ProjectionHook> hooks;
    private final ProjectionMetrics metrics;
    private final Backoff backoff;
    private final CircuitBreaker breaker;
    private final StopSignal stop;

    BatchProjector(
            FrameProjection projection,
            FrameTransaction transaction,
            List<ProjectionHook> hooks,
            ProjectionMetrics metrics,
            Backoff backoff,
            CircuitBreaker breaker,
            StopSignal stop) {
        this.projection = projection;
        this.transaction = transaction;
        this.hooks = List.copyOf(hooks);
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
        return ask(shard, repeats -> transaction.run(entities -> projection.position(entities, shard)));
    }

    /**
     * Projects the first of these frames, as many as one transaction takes: all of them, unless one is out of order or
     * cannot be projected with the others.
     *
     * @param frames of one shard, in their order, at least one
     */
    Projected project(int shard, List<LogFrame> frames) {
        long startNanos = System.nanoTime();
        Projected projected;
        try {
            projected = ask(
                    shard,
                    repeats ->
                            transaction.run(entities -> projection.project(entities, frames, repeats, this::before)));
        } catch (DamagedLogException damage) {
            if (frames.size() == 1) {
                throw damage;
            }
            // One of them: those before it shall not wait for it.
            return project(shard, frames.subList(0, frames.size() / 2));
        }
        tell(shard, frames, projected, System.nanoTime() - startNanos);
        return projected;
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
            } catch (DamagedLogException damage) {
                breaker.answered();
                throw damage;
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
                            throw new DamagedLogException(failure.toString(), failure);
                        }
                        repeats = true;
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
            hooks.forEach(hook -> after(hook, projected.written()));
        }
    }

    private void before(ProjectedRows rows) {
        for (ProjectionHook hook : hooks) {
            try {
                hook.before(rows);
            } catch (RuntimeException failure) {
                throw new HookException(
                        "shard %d: %s holds the projection up to offset %d back: %s"
                                .formatted(rows.shard(), hook.getClass().getName(), rows.nextOffset(), failure),
                        failure);
            }
        }
    }

    private static void after(ProjectionHook hook, ProjectedRows rows) {
        try {
            hook.after(rows);
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    failure,
                    () -> "shard %d: %s failed after a commit up to offset %d; projection goes on"
                            .formatted(rows.shard(), hook.getClass().getName(), rows.nextOffset()));
        }
    }

    private interface Question<R> {
        /** @param repeats whether to look for rows that may be there already */
        R ask(boolean repeats);
    }
}
