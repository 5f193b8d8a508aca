package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.State;
import io.mainstay.core.rebuild.Rebuilds;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Runs rebuilds: those that are ordered here, and those that another run has left in the middle. */
final class RebuildRuns implements Rebuilds, Runnable {
    private static final Logger LOG = Logger.getLogger(RebuildRuns.class.getName());

    private final DataSource database;
    private final List<String> targets;
    private final Maker maker;
    private final ThreadFactory threads;
    private final Duration silenceMax;
    private final RebuildMetrics metrics;
    private final StopSignal stop;
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param silenceMax a rebuild that has said nothing for so long has been left by whoever ran it */
    RebuildRuns(
            DataSource database,
            List<String> targets,
            Maker maker,
            ThreadFactory threads,
            Duration silenceMax,
            RebuildMetrics metrics,
            StopSignal stop) {
        this.database = database;
        this.targets = List.copyOf(targets);
        this.maker = maker;
        this.threads = threads;
        this.silenceMax = silenceMax;
        this.metrics = metrics;
        this.stop = stop;
    }

    @Override
    public CompletionStage<RebuildStatus> start(String target) {
        return ask(target, connection -> {
            if (!running.compareAndSet(false, true)) {
                throw underWay();
            }
            boolean started = false;
            try {
                RebuildStatus begun = RebuildTable.insert(connection, target).orElseThrow(RebuildRuns::underWay);
                run(begun, true);
                started = true;
                return begun;
            } finally {
                if (!started) {
                    running.set(false);
                }
            }
        });
    }

    private static EngineException underWay() {
        return new EngineException(Severity.RETRY, "another rebuild is under way, or comes to its end just now");
    }

    @Override
    public CompletionStage<RebuildStatus> cancel(String target) {
        return ask(target, connection -> {
            RebuildStatus open = RebuildTable.open(connection, target).orElseThrow(() -> noneUnderWay(target));
            RebuildStatus cancelled = ended(open, State.CANCELLED, Optional.empty());
            if (!RebuildTable.update(connection, cancelled)) {
                throw noneUnderWay(target);
            }
            return cancelled;
        });
    }

    private static EngineException noneUnderWay(String target) {
        return new EngineException(Severity.RETRY, "no rebuild of target " + target + " is under way");
    }

    @Override
    public CompletionStage<List<RebuildStatus>> status() {
        return ask(RebuildTable::latest);
    }

    /** Looks again and again for what was left in the middle or lies about, until the application stops. */
    @Override
    public void run() {
        try {
            while (true) {
                if (running.compareAndSet(false, true)) {
                    boolean started = false;
                    try {
                        started = resume();
                    } finally {
                        if (!started) {
                            running.set(false);
                        }
                    }
                }
                stop.pause(silenceMax);
            }
        } catch (StopSignal.StoppedException stopped) {
            LOG.fine("no more rebuilds: the application stops");
        }
    }

    /** Whether there was one to go on with. */
    private boolean resume() {
        Optional<RebuildStatus> left;
        try (Connection connection = database.getConnection()) {
            left = RebuildTable.abandoned(connection, silenceMax);
        } catch (SQLException away) {
            LOG.log(Level.FINE, "whether a rebuild was left in the middle is not known yet", away);
            return false;
        }
        left.ifPresentOrElse(open -> run(open, false), this::clear);
        return left.isPresent();
    }

    /** Whoever calls has set {@code running}. */
    private void run(RebuildStatus status, boolean anew) {
        threads.newThread(() -> {
                    metrics.running(true);
                    try {
                        make(status, anew);
                        clear();
                        tellEnd(status.id());
                    } finally {
                        metrics.running(false);
                        running.set(false);
                    }
                })
                .start();
    }

    private void make(RebuildStatus status, boolean anew) {
        try {
            if (!targets.contains(status.target())) {
                fail(status, "there is no target '" + status.target() + "' any more");
                return;
            }
            if (anew) {
                ShadowSchema.drop(database);
            }
            maker.make(status).run();
        } catch (SQLException away) {
            LOG.log(Level.WARNING, "the rebuild begins when the database is there again", away);
        }
    }

    private void fail(RebuildStatus status, String cause) throws SQLException {
        LOG.severe(() -> "the rebuild of target " + status.target() + " does not go on: " + cause);
        try (Connection connection = database.getConnection()) {
            RebuildTable.update(connection, ended(status, State.FAILED, Optional.of(cause)));
        }
    }

    /** What a rebuild leaves that has ended, here or in a crash: half of the tables, or those that were replaced. */
    private void clear() {
        try {
            ShadowSchema.dropUnused(database);
        } catch (SQLException later) {
            LOG.log(Level.FINE, "what a rebuild has left is dropped later", later);
        }
    }

    private void tellEnd(UUID id) {
        try (Connection connection = database.getConnection()) {
            RebuildTable.byId(connection, id)
                    .map(RebuildStatus::state)
                    .filter(State::isEnd)
                    .ifPresent(metrics::ended);
        } catch (SQLException away) {
            LOG.log(Level.FINE, "how a rebuild has ended is not known", away);
        }
    }

    private static RebuildStatus ended(RebuildStatus open, State end, Optional<String> cause) {
        return new RebuildStatus(
                open.id(),
                open.target(),
                end,
                open.createdAt(),
                open.updatedAt(),
                open.rows(),
                open.shards(),
                open.compared(),
                cause);
    }

    private CompletionStage<RebuildStatus> ask(String target, Question<RebuildStatus> question) {
        return targets.contains(target)
                ? ask(question)
                : CompletableFuture.failedFuture(new IllegalArgumentException(
                        "there is no target '" + target + "', only " + String.join(", ", targets)));
    }

    private <R> CompletionStage<R> ask(Question<R> question) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        try {
            threads.newThread(() -> {
                        try (Connection connection = database.getConnection()) {
                            answer.complete(question.ask(connection));
                        } catch (SQLException e) {
                            answer.completeExceptionally(new EngineException(
                                    Severity.DEGRADED, "the database cannot be asked: " + e.getMessage(), e));
                        } catch (RuntimeException failure) {
                            answer.completeExceptionally(failure);
                        }
                    })
                    .start();
        } catch (RuntimeException noThread) {
            answer.completeExceptionally(
                    new EngineException(Severity.RETRY, "no thread to ask on: the server stops", noThread));
        }
        return answer;
    }

    /** Makes ready a rebuild that goes on from where it stands. */
    interface Maker {
        Rebuild make(RebuildStatus status);
    }

    private interface Question<R> {
        R ask(Connection connection) throws SQLException;
    }
}
