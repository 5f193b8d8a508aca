package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.projection.Check;
import io.mainstay.core.reconcile.ReconcileReport.Compared;
import io.mainstay.core.reconcile.ReconcileReport.ShardReport;
import io.mainstay.core.replay.LogOperations;
import io.mainstay.core.shard.ShardState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Compares the rows of one shard with its state at the offset that the projection has come to.
 *
 * <p>One transaction shows the offset with the rows that belong to it, however long that takes and whatever is projected
 * meanwhile; the state is replayed up to there, apart from the shard.
 */
final class ShardComparison {
    private static final Logger LOG = Logger.getLogger(ShardComparison.class.getName());
    private static final String POSITION =
            "SELECT executed_before FROM projection_positions WHERE target = ? AND shard = ?";

    private final DataSource database;
    private final LogOperations logs;
    private final Map<Class<?>, List<Check<?>>> checks;

    ShardComparison(DataSource database, LogOperations logs, Domains domains) {
        this.database = database;
        this.logs = logs;
        this.checks = domains.all().stream()
                .flatMap(domain -> domain.projection().checks().stream())
                .collect(Collectors.groupingBy(Check::stateType, LinkedHashMap::new, Collectors.toList()));
    }

    /** {@link EngineException} if the database or the log cannot be read, or not in time. */
    ShardReport compare(int shard, Deadline deadline) {
        long startNanos = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                begin(connection, deadline);
                long offset = offset(connection, shard);
                Differences differences = new Differences();
                List<Compared> compared = new ArrayList<>();
                ShardState state = state(shard, offset, deadline);
                for (Class<?> type : checks.keySet()) {
                    compare(type, shard, state, connection, differences, compared, deadline);
                }
                return new ShardReport(
                        shard,
                        offset,
                        compared,
                        differences.listed(),
                        differences.count(),
                        Duration.ofNanos(System.nanoTime() - startNanos));
            } finally {
                end(connection);
            }
        } catch (SQLException e) {
            deadline.remainingMillis();
            throw new EngineException(Severity.DEGRADED, "the database cannot be read: " + e.getMessage(), e);
        }
    }

    private <S> void compare(
            Class<S> type,
            int shard,
            ShardState states,
            Connection connection,
            Differences differences,
            List<Compared> compared,
            Deadline deadline)
            throws SQLException {
        S state = states.of(type);
        for (Check<?> check : checks.getOrDefault(type, List.of())) {
            @SuppressWarnings("unchecked")
            Check<S> own = (Check<S>) check;
            compared.add(new TableComparison<>(own, state, shard, differences, deadline).compare(connection));
        }
    }

    private ShardState state(int shard, long offset, Deadline deadline) {
        try {
            Reading<ShardState> reading = logs.readAt(shard, LogPoint.atOffset(offset), Function.identity())
                    .toCompletableFuture()
                    .get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
            Invariants.check(
                    reading.nextOffset() == offset, "state at offset %d instead of %d", reading.nextOffset(), offset);
            return reading.value();
        } catch (TimeoutException e) {
            throw deadline.passed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Severity.RETRY, "broken off because the server stops", e);
        } catch (ExecutionException e) {
            Severity severity = e.getCause() instanceof EngineException known ? known.severity() : Severity.DEGRADED;
            throw new EngineException(severity, "the log cannot be read back: " + e.getCause(), e);
        }
    }

    private static void begin(Connection connection, Deadline deadline) throws SQLException {
        long millis = deadline.remainingMillis();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET LOCAL statement_timeout = " + millis);
            // It waits for the log to be replayed.
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = " + millis);
        }
    }

    private static long offset(Connection connection, int shard) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(POSITION)) {
            query.setString(1, SqlTarget.NAME);
            query.setInt(2, shard);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.log(Level.FINE, "rollback failed; the connection is gone", e);
        }
    }
}
