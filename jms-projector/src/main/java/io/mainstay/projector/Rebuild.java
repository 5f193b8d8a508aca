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
 * rebuilds} has ended.
 */
final class Rebuild implements Runnable {
    private static final Logger LOG = Logger.getLogger(Rebuild.class.getName());
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** So short a pass leaves little for the time in which projection waits. */
    private static final Duration SHORT_PASS = Duration.ofSeconds(1);

    private static final int SWITCHES_MAX = 20;

    private final DataSource database;
    private final ShadowSchema shadow;
    private final IntFunction<CatchUp> catchUps;
    private final Progress progress;
    private final ThreadFactory threads;
    private final Backoff backoff;
    private final StopSignal stop;
    private final Runnable replaced;
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
            LOG.info(() -> "target " + status.target() + " is rebuilt");
            shadow.create();
            approach();
            say(State.COMPARING);
            List<Compared> compared = shadow.compare(goTo());
            status = with(State.SWITCHING, compared, Optional.empty());
            say();
            replace();
            replaced.run();
            shadow.drop();
            LOG.info(() -> "target %s is rebuilt: %s".formatted(status.target(), told(compared)));
        } catch (StopSignal.StoppedException stopped) {
            LOG.info(() -> "the rebuild of target " + status.target() + " is broken off");
        } catch (SQLException | LiquibaseException | RuntimeException failure) {
            fail(failure);
        }
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
            FutureTask<Boolean> pass = new FutureTask<>(
                    () -> catchUps.apply(shard).toSequence(place.position().sequence()), true);
            passes.put(shard, pass);
            threads.newThread(pass).start();
        });
        for (FutureTask<Boolean> pass : passes.values()) {
            await(pass);
        }
    }

    private void await(FutureTask<Boolean> pass) throws SQLException {
        while (true) {
            try {
                pass.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException goesOn) {
                say();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StopSignal.StoppedException();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new EngineException(Severity.DEGRADED, "a shard is not rebuilt: " + e.getCause(), e);
            }
        }
    }

    private void replace() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!shadow.replace(goTo(), with(State.DONE, status.compared(), Optional.empty()))) {
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

    private void say(State state) throws SQLException {
        status = with(state, status.compared(), Optional.empty());
        say();
    }

    /** Says how far it is, and hears whether it is still wanted. */
    private void say() throws SQLException {
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
    private void end() throws SQLException {
        stop.stop();
        shadow.drop();
        throw new StopSignal.StoppedException();
    }

    private void fail(Exception failure) {
        if (stop.isStopped()) {
            LOG.log(Level.FINE, "broken off in the middle of something", failure);
            return;
        }
        stop.stop();
        if (failure instanceof SQLException && SqlFailure.of(failure) == SqlFailure.AWAY) {
            LOG.log(
                    Level.WARNING,
                    failure,
                    () -> "the rebuild of target " + status.target() + " goes on when the database is there again");
            return;
        }
        LOG.log(
                Level.SEVERE,
                failure,
                () -> "target " + status.target() + " is not rebuilt: " + failure.getMessage()
                        + "; its tables stay as they are");
        try (Connection connection = database.getConnection()) {
            status = with(State.FAILED, status.compared(), Optional.of(String.valueOf(failure.getMessage())));
            RebuildTable.update(connection, status);
            shadow.drop();
        } catch (SQLException unreachable) {
            LOG.log(Level.WARNING, "a rebuild that has failed will be tried again", unreachable);
        }
    }

    private RebuildStatus with(State state, List<Compared> compared, Optional<String> cause) {
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

        @Override
        public void skipped(int shard, int frames) {}

        @Override
        public void delivered(int shard, long nextOffset) {}

        @Override
        public void dropped(int shard, int frames) {}

        @Override
        public void orphaned(int shard) {}

        @Override
        public void retried(int shard) {}

        @Override
        public void parked(int shard, int events) {}

        @Override
        public void deadLetters(int shard, int open) {}

        @Override
        public void damaged(int shard, boolean damaged) {}
    }
}
