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
    private final StopSignal stop;
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param silenceMax a rebuild that has said nothing for so long has been left by whoever ran it */
    RebuildRuns(
            DataSource database,
            List<String> targets,
            Maker maker,
            ThreadFactory threads,
            Duration silenceMax,
            StopSignal stop) {
        this.database = database;
        this.targets = List.copyOf(targets);
        this.maker = maker;
        this.threads = threads;
        this.silenceMax = silenceMax;
        this.stop = stop;
    }

    @Override
    public CompletionStage<RebuildStatus> start(String target) {
        return ask(target, connection -> {
            RebuildStatus begun = RebuildTable.insert(connection, target)
                    .orElseThrow(() -> new EngineException(Severity.RETRY, "another rebuild is under way"));
            run(begun, true);
            return begun;
        });
    }

    @Override
    public CompletionStage<RebuildStatus> cancel(String target) {
        return ask(target, connection -> {
            RebuildStatus open = RebuildTable.open(connection, target)
                    .orElseThrow(() ->
                            new EngineException(Severity.RETRY, "no rebuild of target " + target + " is under way"));
            RebuildStatus cancelled = new RebuildStatus(
                    open.id(),
                    open.target(),
                    State.CANCELLED,
                    open.createdAt(),
                    open.updatedAt(),
                    open.rows(),
                    open.shards(),
                    open.compared(),
                    Optional.empty());
            RebuildTable.update(connection, cancelled);
            return cancelled;
        });
    }

    @Override
    public CompletionStage<List<RebuildStatus>> status() {
        return ask(RebuildTable::latest);
    }

    /** Looks again and again for what was left in the middle, until the application stops. */
    @Override
    public void run() {
        try {
            while (true) {
                try (Connection connection = database.getConnection()) {
                    RebuildTable.abandoned(connection, silenceMax).ifPresent(left -> run(left, false));
                } catch (SQLException away) {
                    LOG.log(Level.FINE, "whether a rebuild was left in the middle is not known yet", away);
                }
                stop.pause(silenceMax);
            }
        } catch (StopSignal.StoppedException stopped) {
            LOG.fine("no more rebuilds: the application stops");
        }
    }

    private void run(RebuildStatus status, boolean anew) {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        threads.newThread(() -> {
                    try {
                        if (anew) {
                            // Of a rebuild that came to its end with the server.
                            ShadowSchema.drop(database);
                        }
                        maker.make(status).run();
                    } catch (SQLException away) {
                        LOG.log(Level.WARNING, "the rebuild begins when the database is there again", away);
                    } finally {
                        running.set(false);
                    }
                })
                .start();
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
