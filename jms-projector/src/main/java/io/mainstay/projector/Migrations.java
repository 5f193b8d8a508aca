package io.mainstay.projector;

import io.mainstay.core.targets.ProjectionTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import liquibase.ContextExpression;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Labels;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.DatabaseChangeLog.OnUnknownFileFormat;
import liquibase.changelog.FastCheckService;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Brings the schema up to date, from the changelog in this module's jar and those that the targets bring along.
 *
 * <p>Several servers may do it at once, one after the other: a lock of the session, which PostgreSQL ends with the
 * connection. Liquibase's own lock is a row that would outlive a crash, so it is cleared under that lock. Liquibase
 * sends nothing anywhere.
 */
final class Migrations {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('mainstay.migrations'))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtext('mainstay.migrations'))";
    private static final Logger LOG = Logger.getLogger(Migrations.class.getName());
    private static final int LOCK_PAUSE_MILLIS = 100;
    private static final String CHANGELOG = "db/changelog/changelog.xml";
    /** Behind those of the targets, whose first release had none. */
    private static final String DEAD_LETTERS = "db/changelog/203-dead-letters.sql";

    private final ClassLoader loader;
    private final List<String> changelogs;
    private final Clock clock;

    /** Finds the changelogs, and Liquibase's own services, through this class loader. */
    Migrations(ClassLoader loader, List<? extends ProjectionTarget> targets) {
        this(loader, targets, Clock.systemUTC());
    }

    /** By the clock's time partitions are made ahead. */
    Migrations(ClassLoader loader, List<? extends ProjectionTarget> targets, Clock clock) {
        this.loader = loader;
        this.clock = clock;
        this.changelogs = Stream.concat(
                        targets.stream().flatMap(target -> target.changelogs().stream()), Stream.of(DEAD_LETTERS))
                .toList();
    }

    /** Applies what is missing, says who may do what, and makes partitions ahead; does nothing if nothing is to do. */
    void migrate(Connection connection) throws LiquibaseException {
        run(connection, liquibase -> {
            liquibase.update(new Contexts(), new LabelExpression());
            long filled = new MissingTenants(connection).fill();
            if (filled > 0) {
                LOG.log(Level.INFO, "{0} rows of before have got their tenant", filled);
            }
            new TableAccess(connection).grant();
            new PartitionKeeper(connection, clock).makeAhead();
        });
    }

    /** Takes the last changesets back, for an operator who returns to the version before. */
    void rollback(Connection connection, int count) throws LiquibaseException {
        run(connection, liquibase -> {
            TableAccess access = new TableAccess(connection);
            access.forgetPolicies();
            liquibase.rollback(count, new Contexts(), new LabelExpression());
            access.grant();
        });
    }

    /** Detaches the partitions that retention is over for; returns how many default partitions have rows. */
    int retire(Connection connection, Retention retention) throws LiquibaseException {
        AtomicInteger strays = new AtomicInteger();
        run(connection, liquibase -> {
            PartitionKeeper keeper = new PartitionKeeper(connection, clock);
            keeper.retire(retention);
            strays.set(keeper.strays().size());
        });
        return strays.get();
    }

    private void run(Connection connection, Task task) throws LiquibaseException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Scope.child(scope(), () -> {
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                Liquibase liquibase = new Liquibase(CHANGELOG, new ClassLoaderResourceAccessor(loader), database);
                include(liquibase);
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                execute(connection, "SET statement_timeout = 0");
                connection.commit();
                lock(connection);
                try {
                    // It remembers by the URL of the database that nothing was to do; since, somebody may have rolled
                    // back.
                    Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
                    liquibase.forceReleaseLocks();
                    task.on(liquibase);
                } finally {
                    // A connection goes back to its pool without lock and transaction, also after a failure.
                    connection.rollback();
                    execute(connection, UNLOCK);
                    execute(connection, "RESET statement_timeout");
                    connection.commit();
                    connection.setAutoCommit(true);
                }
            });
        } catch (LiquibaseException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void include(Liquibase liquibase) throws LiquibaseException {
        for (String changelog : changelogs) {
            liquibase
                    .getDatabaseChangeLog()
                    .include(
                            changelog,
                            false,
                            true,
                            liquibase.getResourceAccessor(),
                            new ContextExpression(),
                            new Labels(),
                            false,
                            null,
                            OnUnknownFileFormat.FAIL);
        }
    }

    /**
     * Asks until the lock is free. A statement that waited for it would hold a snapshot, which an index that is built beside
     * the writers waits for: each for the other.
     */
    private static void lock(Connection connection) throws SQLException {
        while (!tryLock(connection)) {
            try {
                Thread.sleep(LOCK_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("interrupted while another server brings the schema up to date", e);
            }
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(LOCK)) {
            return answer.next() && answer.getBoolean(1);
        } finally {
            connection.rollback();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Map<String, Object> scope() {
        Map<String, Object> scope = new HashMap<>();
        scope.put(Scope.Attr.classLoader.name(), loader);
        scope.put(Scope.Attr.ui.name(), new LoggerUIService());
        scope.put(Scope.Attr.logService.name(), new MigrationLog());
        scope.put(AnalyticsArgs.ENABLED.getKey(), false);
        return scope;
    }

    private interface Task {
        void on(Liquibase liquibase) throws LiquibaseException, SQLException;
    }
}
