package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.Compared;
import io.mainstay.core.rebuild.RebuildStatus.Shard;
import io.mainstay.core.rebuild.RebuildStatus.State;
import io.mainstay.projector.ShadowSchema.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;

/**
 * Makes a target's tables anew: first in a schema beside, ever closer to where the tables in force stand, then compared with
 * them at one position, then in their place.
 *
 * <p>What it has done it keeps in the database: whoever runs it again goes on from there. It ends as soon as its row in {@code
 * rebuilds} has ended; what it leaves then is not wanted any more.
 */
final class Rebuild implements Runnable {
    private static final Logger LOG = Logger.getLogger(Rebuild.class.getName());
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** So short a pass leaves little for the time in which projection waits. */
    private static final Duration SHORT_PASS = Duration.ofSeconds(1);

    private static final int SWITCHES_MAX = 20;

    private final String target;
    private final DataSource database;
    private final ShadowSchema shadow;
    private final IntFunction<CatchUp> catchUps;
    private final Progress progress;
    private final ThreadFactory threads;
    private final Backoff backoff;
    private final StopSignal stop;
    private final Runnable replaced;
    /** Guarded by this. */
    private RebuildStatus status;

    /** {@code catchUps} bring the new tables further, by shard, and end when {@code stop} does; {@code progress} is told; {@code replaced} is called when they are in their place. */
    Rebuild(
            RebuildStatus status,
            DataSource database,
            ShadowSchema shadow,
            IntFunction<CatchUp> catchUps,
            Progress progress,
            ThreadFactory threads,
            Backoff backoff,
            StopSignal stop,
            Runnable replaced) {
        this.status = status;
        this.target = status.target();
        this.database = database;
        this.shadow = shadow;
        this.catchUps = catchUps;
        this.progress = progress;
        this.threads = threads;
        this.backoff = backoff;
        this.stop = stop;
        this.replaced = replaced;
    }

    @Override
    public void run() {
        try {
            LOG.info(() -> "the rebuild of target " + target + " begins, or goes on");
            shadow.create();
            progress.begin(shadow.reached());
            approach();
            say(State.COMPARING, status.compared());
            List<Compared> compared = compare();
            say(State.SWITCHING, compared);
            replace();
            replaced.run();
            LOG.info(() -> "target %s is rebuilt: %s".formatted(target, told(compared)));
        } catch (StopSignal.StoppedException stopped) {
            LOG.info(() -> "the rebuild of target " + target + " is broken off");
        } catch (SQLException | LiquibaseException | RuntimeException failure) {
            fail(failure);
        }
    }

    /** On a thread of its own: a sum over a large table takes long, and meanwhile others have to hear that it goes on. */
    private List<Compared> compare() throws SQLException {
        FutureTask<List<Compared>> comparison = new FutureTask<>(() -> shadow.compare(goTo()));
        threads.newThread(comparison).start();
        return await(comparison);
    }

    /** Pass after pass up to where the old tables stood at its begin, until one is short. */
    private void approach() throws SQLException {
        long startNanos;
        do {
            startNanos = System.nanoTime();
            reach(shadow.goals());
        } while (System.nanoTime() - startNanos > SHORT_PASS.toNanos());
    }

    private void reach(Map<Integer, Place> places) throws SQLException {
        Map<Integer, FutureTask<Boolean>> passes = new HashMap<>();
        places.forEach((shard, place) -> {
            progress.goal(shard, place.executedBefore());
            FutureTask<Boolean> pass =
                    new FutureTask<>(() -> pass(shard, place.position().sequence()), true);
            passes.put(shard, pass);
            threads.newThread(pass).start();
        });
        for (FutureTask<Boolean> pass : passes.values()) {
            await(pass);
        }
    }

    /** A log that cannot be read, as while its server starts, is read later. */
    private void pass(int shard, long endSequence) {
        for (int attempt = 1; ; attempt++) {
            try {
                catchUps.apply(shard).toSequence(endSequence);
                return;
            } catch (EngineException unreadable) {
                LOG.log(
                        attempt == 1 ? Level.WARNING : Level.FINE,
                        unreadable,
                        () -> "the rebuild of target " + target + " cannot read the log of shard " + shard
                                + " and tries again: " + unreadable.getMessage());
                stop.pause(backoff.after(attempt));
            }
        }
    }

    private <R> R await(FutureTask<R> task) throws SQLException {
        while (true) {
            try {
                return task.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                say();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StopSignal.StoppedException();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof SQLException failure) {
                    throw failure;
                }
                throw new EngineException(Severity.DEGRADED, "it broke off: " + e.getCause(), e);
            }
        }
    }

    private void replace() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!shadow.replace(goTo(), () -> with(State.DONE, status.compared(), Optional.empty()))) {
                    end();
                }
                return;
            } catch (SQLException inTheWay) {
                if (SqlFailure.of(inTheWay) != SqlFailure.CONTENTION || attempt == SWITCHES_MAX) {
                    throw inTheWay;
                }
                LOG.log(Level.FINE, "readers are in the way of a switch", inTheWay);
                stop.pause(backoff.after(attempt));
                say();
                // Meanwhile the old tables have gone on: what is left to do while all wait has to stay little.
                approach();
            }
        }
    }

    private ShadowSchema.Progress goTo() {
        return new ShadowSchema.Progress() {
            @Override
            public void reach(Map<Integer, Place> places) throws SQLException {
                Rebuild.this.reach(places);
            }

            @Override
            public void check() {
                if (stop.isStopped()) {
                    throw new StopSignal.StoppedException();
                }
            }
        };
    }

    private synchronized void say(State state, List<Compared> compared) throws SQLException {
        status = with(state, compared, Optional.empty());
        say();
    }

    /** Says how far it is, and hears whether it is still wanted. */
    private synchronized void say() throws SQLException {
        status = with(status.state(), status.compared(), Optional.empty());
        boolean open;
        try (Connection connection = database.getConnection()) {
            open = RebuildTable.update(connection, status);
        }
        if (!open) {
            end();
        }
    }

    /** It is no longer wanted. */
    private void end() {
        stop.stop();
        throw new StopSignal.StoppedException();
    }

    private void fail(Exception failure) {
        if (stop.isStopped()) {
            LOG.log(Level.FINE, "broken off in the middle of something", failure);
            return;
        }
        stop.stop();
        if (SqlFailure.isAway(failure)) {
            LOG.log(
                    Level.WARNING,
                    failure,
                    () -> "the rebuild of target " + target + " goes on when the database is there again");
            return;
        }
        LOG.log(
                Level.SEVERE,
                failure,
                () -> "target " + target + " is not rebuilt: " + failure.getMessage()
                        + "; its tables stay as they are");
        try (Connection connection = database.getConnection()) {
            status = with(State.FAILED, status.compared(), Optional.of(String.valueOf(failure.getMessage())));
            RebuildTable.update(connection, status);
        } catch (SQLException unreachable) {
            LOG.log(Level.WARNING, "a rebuild that has failed will be tried again", unreachable);
        }
    }

    private synchronized RebuildStatus with(State state, List<Compared> compared, Optional<String> cause) {
        return new RebuildStatus(
                status.id(),
                status.target(),
                state,
                status.createdAt(),
                status.updatedAt(),
                progress.rows.get(),
                progress.shards(),
                compared,
                cause);
    }

    private static String told(List<Compared> compared) {
        List<String> texts = new ArrayList<>();
        for (Compared table : compared) {
            texts.add("%s %d rows, %s"
                    .formatted(
                            table.table(),
                            table.rebuiltRows(),
                            table.equal() ? "equal to before" : "other than the " + table.rows() + " before"));
        }
        return String.join("; ", texts);
    }

    /** What has been made, as the projection of the new tables tells it. */
    static final class Progress implements ProjectionMetrics {
        private final AtomicLong rows = new AtomicLong();
        private final Map<Integer, Long> offsets = new HashMap<>();
        private final Map<Integer, Long> goals = new HashMap<>();

        /** What is there already, of a rebuild that goes on. */
        private synchronized void begin(Map<Integer, Place> reached) {
            reached.forEach((shard, place) -> offsets.put(shard, place.executedBefore()));
        }

        synchronized void goal(int shard, long offset) {
            goals.put(shard, offset);
        }

        private synchronized List<Shard> shards() {
            return goals.keySet().stream()
                    .sorted()
                    .map(shard -> new Shard(shard, offsets.getOrDefault(shard, 0L), goals.getOrDefault(shard, 0L)))
                    .toList();
        }

        @Override
        public synchronized void projected(int shard, ProjectionMetrics.Progress made) {
            rows.addAndGet(made.rows());
            offsets.put(shard, made.executedBefore());
        }
    }
}
