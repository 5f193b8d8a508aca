package io.mainstay.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;

/**
 * The tables that frames are projected into: brought up to date as soon as the database is there, and looked after from time to
 * time since.
 */
final class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class.getName());
    private static final Duration UPKEEP = Duration.ofHours(1);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final Migrations migrations;
    private final Backoff backoff;
    private final StopSignal stop;
    private final AtomicInteger strays = new AtomicInteger();
    private final CountDownLatch ready = new CountDownLatch(1);

    Schema(DataSource dataSource, Migrations migrations, Backoff backoff, StopSignal stop) {
        this.dataSource = dataSource;
        this.migrations = migrations;
        this.backoff = backoff;
        this.stop = stop;
    }

    /** Migrates; tries again until it is done or the application stops. */
    void prepare() {
        try {
            for (int attempt = 1; !migrated(attempt); attempt++) {
                stop.pause(backoff.after(attempt));
            }
            ready.countDown();
            LOG.info("the schema is up to date");
        } catch (StopSignal.StoppedException stopped) {
            LOG.info("the application stops before the schema is up to date");
        }
    }

    /** Keeps partitions, access and tenants of rows as they should be, until the application stops. */
    void lookAfter(Retention retention) {
        try {
            await();
            while (true) {
                retire(retention);
                stop.pause(UPKEEP);
                migrated(1);
            }
        } catch (StopSignal.StoppedException stopped) {
            LOG.fine("the application stops");
        }
    }

    /** How many partitioned tables had rows outside of their months when they were last looked at. */
    int strays() {
        return strays.get();
    }

    boolean isReady() {
        return ready.getCount() == 0;
    }

    /** Returns when the schema is up to date; {@link StopSignal.StoppedException} if the application stops first. */
    void await() {
        while (!isReady()) {
            stop.pause(LOOK);
        }
    }

    private void retire(Retention retention) {
        try (Connection connection = dataSource.getConnection()) {
            strays.set(migrations.retire(connection, retention));
        } catch (SQLException | LiquibaseException | RuntimeException failure) {
            LOG.log(Level.WARNING, failure, () -> "partitions cannot be looked after now; tried again in " + UPKEEP);
        }
    }

    private boolean migrated(int attempt) {
        try (Connection connection = dataSource.getConnection()) {
            migrations.migrate(connection);
            return true;
        } catch (SQLException | LiquibaseException | RuntimeException failure) {
            if (attempt == 1) {
                boolean refused = SqlFailure.of(failure) == SqlFailure.REFUSED;
                LOG.log(
                        refused ? Level.SEVERE : Level.WARNING,
                        failure,
                        () -> "the schema cannot be brought up to date yet; commands go on, projection waits");
            }
            return false;
        }
    }
}
