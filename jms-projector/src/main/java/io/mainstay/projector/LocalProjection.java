package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.targets.ProjectionTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;

/** The projection into one target without a server around it. Used by several threads, one shard's frames on one thread. */
public final class LocalProjection implements AutoCloseable {
    private static final Duration RETRY_FIRST = Duration.ofMillis(10);
    private static final Duration RETRY_LIMIT = Duration.ofSeconds(1);

    private static final int DEAD_LETTERS_MAX = 10_000;

    private final StopSignal stop = new StopSignal();
    private final CommittedRows committed = new CommittedRows();
    private final StandaloneTransaction transaction;
    private final BatchProjector projector;

    /**
     * Brings the schema up to date.
     *
     * @param target {@code sql} or {@code events}
     * @param copyRowsMin a table's new rows of one transaction go by COPY from so many on
     */
    public LocalProjection(DataSource database, Domains domains, String target, int copyRowsMin) {
        ClassLoader loader = LocalProjection.class.getClassLoader();
        List<ProjectionTarget> targets = Targets.load(loader, domains, Set.of(target));
        try (Connection connection = database.getConnection()) {
            new Migrations(loader, targets).migrate(connection);
        } catch (SQLException | LiquibaseException e) {
            throw new IllegalStateException("the schema cannot be brought up to date", e);
        }
        Clock clock = Clock.systemUTC();
        Backoff backoff = new Backoff(
                RETRY_FIRST, RETRY_LIMIT, () -> ThreadLocalRandom.current().nextDouble());
        transaction = new StandaloneTransaction(database);
        projector = new BatchProjector(
                new FrameProjection(
                        targets.get(0), domains, new RowTypes(targets), copyRowsMin, DEAD_LETTERS_MAX, clock),
                transaction,
                new Hooks(List.of()),
                committed,
                backoff,
                new CircuitBreaker(backoff, clock, stop),
                stop);
    }

    /** Projects frames of a shard, in their order, in one transaction unless it fails. */
    public void project(int shard, List<LogFrame> frames) {
        for (List<LogFrame> rest = frames; !rest.isEmpty(); ) {
            int done = projector.project(shard, rest).done();
            if (done == 0) {
                throw new IllegalArgumentException(
                        "frame " + rest.get(0).header().sequence() + " of shard " + shard + " is not the next one");
            }
            rest = rest.subList(done, rest.size());
        }
    }

    /** Rows inserted or updated since the start. */
    public long rows() {
        return committed.rows.get();
    }

    /** Transactions committed since the start. */
    public long transactions() {
        return committed.transactions.get();
    }

    /** Transactions that failed since the start. */
    public long retries() {
        return committed.retries.get();
    }

    @Override
    public void close() {
        stop.stop();
        transaction.close();
    }

    private static final class CommittedRows implements ProjectionMetrics {
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong transactions = new AtomicLong();
        private final AtomicLong retries = new AtomicLong();

        @Override
        public void projected(int shard, Progress progress) {
            rows.addAndGet(progress.rows());
            transactions.incrementAndGet();
        }

        @Override
        public void retried(int shard) {
            retries.incrementAndGet();
        }
    }
}
