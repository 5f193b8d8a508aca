package io.mainstay.projector;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Brings the schema up to date, from the changelog in this module's jar.
 *
 * <p>Several servers may do it at once: Liquibase's lock table lets one after the other. It sends nothing anywhere.
 */
final class Migrations {
    private static final String CHANGELOG = "db/changelog/changelog.xml";

    private final ClassLoader loader;

    /** Finds the changelog, and Liquibase's own services, through this class loader. */
    Migrations(ClassLoader loader) {
        this.loader = loader;
    }

    /** Applies what is missing; does nothing if nothing is. */
    void migrate(Connection connection) throws LiquibaseException {
        run(connection, liquibase -> liquibase.update(new Contexts(), new LabelExpression()));
    }

    /** Takes the last changesets back, for an operator who returns to the version before. */
    void rollback(Connection connection, int count) throws LiquibaseException {
        run(connection, liquibase -> liquibase.rollback(count, new Contexts(), new LabelExpression()));
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
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                task.on(liquibase);
                // What is left open are reads; the container wants them ended before the connection goes back.
                connection.rollback();
                connection.setAutoCommit(true);
            });
        } catch (LiquibaseException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        } finally {
            thread.setContextClassLoader(before);
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
        void on(Liquibase liquibase) throws LiquibaseException;
    }
}
