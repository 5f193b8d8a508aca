package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import io.mainstay.core.projection.TenantSetting;
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
 * What the projection shows in PostgreSQL: rows of the domains' tables, and how far it has come, at one moment.
 *
 * <p>Blocks its thread. Throws {@link ProblemException} with {@code projection-unavailable} if the database fails.
 */
@Singleton
final class ProjectionReads {
    private static final Logger LOG = Logger.getLogger(ProjectionReads.class.getName());
    private static final int QUERY_SECONDS_MAX = 5;
    private static final int RETRY_MILLIS = 1000;
    /** Classes of SQLSTATE: PostgreSQL's documentation, appendix A. */
    private static final String CONNECTION_EXCEPTIONS = "08";

    private static final String OPERATOR_INTERVENTIONS = "57P0";
    /** The projection target whose tables are read. */
    static final String TARGET = "sql";

    /** Also says on whose behalf the transaction reads on. */
    private static final String POSITIONS = """
            select known.shard, known.executed_before, named.tenant
              from (select set_config('%s', ?, true) as tenant) named
              left join projection_positions known on known.target = '%s'
            """.formatted(TenantSetting.NAME, TARGET);

    private final DataSource database;
    private final List<Table> tables;

    @Inject
    ProjectionReads(@FromServer DataSource database, @FromServer Domains domains) {
        this.database = database;
        this.tables = domains.all().stream()
                .flatMap(domain -> domain.projection().tables().stream())
                .toList();
    }

    /** The row that meets a query's conditions. */
    Search search(String subject, RowQuery query, Call call) {
        return ask(subject, connection -> {
            Projected projected = projected(connection, call.tenant());
            List<Row> rows = rows(connection, query, call, 1);
            return new Search(rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0)), projected);
        });
    }

    /**
     * The first rows that a query finds.
     *
     * @param from values of the query's parameters behind its conditions
     */
    Page page(String subject, RowQuery query, Call call, int limit, Object... from) {
        return ask(subject, connection -> {
            Projected projected = projected(connection, call.tenant());
            List<Row> rows = rows(connection, query, call, limit + 1, from);
            boolean more = rows.size() > limit;
            return new Page(more ? rows.subList(0, limit) : rows, more, projected);
        });
    }

    /** Several questions of one tenant to one state of the database. */
    <T> T together(String subject, String tenant, Questions<T> questions) {
        return ask(
                subject,
                connection -> questions.ask(
                        (query, call, limit, from) -> rows(connection, query, call, limit, from),
                        projected(connection, tenant)));
    }

    /** Whether the database answers and has the tables; quietly. */
    boolean answers() {
        try (Connection connection = database.getConnection()) {
            projected(connection, "");
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

    private static List<Row> rows(Connection connection, RowQuery query, Call call, int limit, Object... from)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(from));
        values.add(limit);
        try (PreparedStatement statement = prepare(connection, query.sql())) {
            query.bind(statement, call, values);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(query.row(found));
                }
            }
            return rows;
        }
    }

    /** How far the projection is; the transaction shows the rows of this tenant from now on. */
    private static Projected projected(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement = prepare(connection, POSITIONS)) {
            statement.setString(1, TenantSetting.value(tenant));
            try (ResultSet row = statement.executeQuery()) {
                Map<Integer, Long> before = new HashMap<>();
                while (row.next()) {
                    int shard = row.getInt(1);
                    if (!row.wasNull()) {
                        before.put(shard, row.getLong(2));
                    }
                }
                return new Projected(before);
            }
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
                return askAtOnce(connection, query);
            } catch (SQLException e) {
                if (!isDeadConnection(e)) {
                    throw e;
                }
                AnswerThreads.giveUp();
                if (attempt > PoolConfig.READ_CONNECTIONS_MAX) {
                    throw e;
                }
            }
        }
    }

    /** In one transaction, whose isolation lets all its statements see the same state. */
    private static <T> T askAtOnce(Connection connection, Query<T> query) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T answer = query.ask(connection);
            connection.commit();
            return answer;
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        } finally {
            restore(connection);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** The pool hands the connection on as it got it; one that is dead cannot be mended, and need not be. */
    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.log(Level.FINE, "a connection is dead", e);
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

    /** Questions to one state of the database, at a position of the projection. */
    @FunctionalInterface
    interface Questions<T> {
        T ask(Rows rows, Projected projected) throws SQLException;
    }

    /** Finds rows: so many at most, behind these values of the query's parameters. */
    @FunctionalInterface
    interface Rows {
        List<Row> find(RowQuery query, Call call, int limit, Object... from) throws SQLException;
    }

    /** A row, if it is there. */
    record Search(Optional<Row> row, Projected projected) implements Projected.Reading {}

    /** Some rows, in the order of their query. */
    record Page(List<Row> rows, boolean more, Projected projected) implements Projected.Reading {
        Page {
            rows = List.copyOf(rows);
        }
    }
}
