package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * What the projection shows in PostgreSQL: rows of the domains' tables, and how far it has come.
 *
 * <p>Blocks its thread. Throws {@link ProblemException} with {@code projection-unavailable} if the database fails.
 */
@Singleton
final class ProjectionReads {
    private static final Logger LOG = Logger.getLogger(ProjectionReads.class.getName());
    private static final int QUERY_SECONDS_MAX = 5;
    private static final int RETRY_MILLIS = 1000;
    private static final int POOLED_CONNECTIONS_MAX = 32;
    /** Classes of SQLSTATE: PostgreSQL's documentation, appendix A. */
    private static final String CONNECTION_EXCEPTIONS = "08";

    private static final String OPERATOR_INTERVENTIONS = "57P0";
    private static final String POSITIONS =
            "select shard, executed_before from projection_positions where target = 'sql'";

    private final DataSource database;
    private final List<Table> tables;

    @Inject
    ProjectionReads(@FromServer DataSource database, @FromServer Domains domains) {
        this.database = database;
        this.tables = domains.all().stream()
                .flatMap(domain -> domain.projection().tables().stream())
                .toList();
    }

    /** How far the projection has come, and after that the row: if it had come far enough, there is no other. */
    Search search(String subject, RowQuery query, Call call) {
        return ask(subject, connection -> {
            Map<Integer, Long> projectedBefore = positions(connection);
            List<Row> rows = rows(connection, query, call, Long.MAX_VALUE, 1);
            return new Search(rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0)), projectedBefore);
        });
    }

    /** The rows highest in order below a place, with how far the projection had come at least. */
    Page page(String subject, RowQuery query, Call call, int shard, long before, int limit) {
        return ask(subject, connection -> {
            long projectedBefore = positions(connection).getOrDefault(shard, 0L);
            List<Row> rows = rows(connection, query, call, before, limit + 1);
            boolean more = rows.size() > limit;
            return new Page(more ? rows.subList(0, limit) : rows, more, projectedBefore);
        });
    }

    /** Whether the database answers and has the tables; quietly. */
    boolean answers() {
        try (Connection connection = database.getConnection()) {
            positions(connection);
            for (Table table : tables) {
                try (PreparedStatement statement = prepare(connection, RowQuery.probe(table))) {
                    statement.execute();
                }
            }
            return true;
        } catch (SQLException notYet) {
            LOG.log(Level.FINE, "the projection does not answer yet", notYet);
            return false;
        }
    }

    private static List<Row> rows(Connection connection, RowQuery query, Call call, long before, int limit)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, query.sql())) {
            query.bind(statement, call, before, limit);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(query.row(found));
                }
            }
            return rows;
        }
    }

    private static Map<Integer, Long> positions(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection, POSITIONS);
                ResultSet row = statement.executeQuery()) {
            Map<Integer, Long> positions = new HashMap<>();
            while (row.next()) {
                positions.put(row.getInt(1), row.getLong(2));
            }
            return positions;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(QUERY_SECONDS_MAX);
        return statement;
    }

    private <T> T ask(String subject, Query<T> query) {
        try {
            return askLive(query);
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The database did not answer for {0}: {1}", new Object[] {subject, e});
            throw new ProblemException(
                    Problem.of(
                                    ProblemType.PROJECTION_UNAVAILABLE,
                                    "The database did not answer for " + subject
                                            + ". Commands and balances go on; ask again.")
                            .retryAfterMillis(RETRY_MILLIS),
                    e);
        }
    }

    /** After a restart of the database every pooled connection is dead, and known to be only once it was used. */
    private <T> T askLive(Query<T> query) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection()) {
                return query.ask(connection);
            } catch (SQLException e) {
                if (attempt > POOLED_CONNECTIONS_MAX || !isDeadConnection(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isDeadConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONNECTION_EXCEPTIONS) || state.startsWith(OPERATOR_INTERVENTIONS));
    }

    @FunctionalInterface
    private interface Query<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** A row, if it is there, and per shard the offset below which everything is projected. */
    record Search(Optional<Row> row, Map<Integer, Long> projectedBefore) {
        /** True if everything below these offsets is projected. */
        boolean covers(Map<Integer, Long> executedBefore) {
            return executedBefore.entrySet().stream().allMatch(shard -> covers(shard.getKey(), shard.getValue()));
        }

        /** True if everything of a shard below this offset is projected. */
        boolean covers(int shard, long executedBefore) {
            return projectedBefore.getOrDefault(shard, 0L) >= executedBefore;
        }
    }

    /**
     * Some rows, the highest in order first.
     *
     * @param projectedBefore everything of their shard below this offset is projected
     */
    record Page(List<Row> rows, boolean more, long projectedBefore) {
        Page {
            rows = List.copyOf(rows);
        }
    }
}
