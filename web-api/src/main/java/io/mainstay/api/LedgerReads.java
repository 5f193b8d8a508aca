package io.mainstay.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as the projection shows it in PostgreSQL: transfers, entries, and how far it has come.
 *
 * <p>Blocks its thread. Throws {@link ProblemException} with {@code projection-unavailable} if the database fails.
 */
@Singleton
final class LedgerReads {
    private static final Logger LOG = Logger.getLogger(LedgerReads.class.getName());
    private static final int QUERY_SECONDS_MAX = 5;
    private static final int RETRY_MILLIS = 1000;
    private static final int POOLED_CONNECTIONS_MAX = 32;
    /** Classes of SQLSTATE: PostgreSQL's documentation, appendix A. */
    private static final String CONNECTION_EXCEPTIONS = "08";

    private static final String OPERATOR_INTERVENTIONS = "57P0";
    private static final String TRANSFER = """
            select id, from_account_id, to_account_id, asset, amount_minor, reference, shard, log_offset, created_at
            from transfers where id = ?""";
    private static final String ENTRIES = """
            select id, transfer_id, counterparty_id, amount_minor, balance_minor, account_version, reference, shard,
                log_offset, created_at
            from entries where account_id = ? and account_version < ?
            order by account_version desc limit ?""";
    private static final String POSITIONS =
            "select shard, executed_before from projection_positions where target = 'sql'";

    private final DataSource database;

    @Inject
    LedgerReads(@FromServer DataSource database) {
        this.database = database;
    }

    /** How far the projection has come, and after that the transfer: if it had come far enough, there is no other. */
    TransferSearch searchTransfer(UUID id) {
        return ask("transfer " + id, connection -> {
            Map<Integer, Long> projectedBefore = positions(connection);
            return new TransferSearch(transfer(connection, id), projectedBefore);
        });
    }

    /**
     * The newest entries of an account below a version, with how far the projection had come at least: it may come further
     * between the two questions, and then the entries tell, for they are there as soon as the position is.
     */
    EntryPage entries(UUID account, int shard, long versionBefore, int limit) {
        return ask("entries of account " + account, connection -> {
            long projectedBefore = positions(connection).getOrDefault(shard, 0L);
            List<Entry> entries = entries(connection, account, versionBefore, limit + 1);
            boolean more = entries.size() > limit;
            long seenBefore = entries.isEmpty() ? 0 : entries.get(0).offset() + 1;
            return new EntryPage(
                    more ? entries.subList(0, limit) : entries, more, Math.max(projectedBefore, seenBefore));
        });
    }

    /** Whether the database answers and has the tables; quietly. */
    boolean answers() {
        UUID nobody = new UUID(0, 0);
        try (Connection connection = database.getConnection()) {
            positions(connection);
            transfer(connection, nobody);
            entries(connection, nobody, 0, 1);
            return true;
        } catch (SQLException notYet) {
            LOG.log(Level.FINE, "the projection does not answer yet", notYet);
            return false;
        }
    }

    private static Optional<Transfer> transfer(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = prepare(connection, TRANSFER)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Transfer(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getInt(7),
                        row.getLong(8),
                        time(row, 9)));
            }
        }
    }

    private static List<Entry> entries(Connection connection, UUID account, long versionBefore, int limit)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, ENTRIES)) {
            statement.setObject(1, account);
            statement.setLong(2, versionBefore);
            statement.setInt(3, limit);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(
                            row.getString(1),
                            row.getObject(2, UUID.class),
                            row.getObject(3, UUID.class),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getString(7),
                            row.getInt(8),
                            row.getLong(9),
                            time(row, 10)));
                }
            }
            return entries;
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

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
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

    /** A posted transfer. */
    record Transfer(
            UUID id,
            UUID from,
            UUID to,
            String asset,
            long amountMinor,
            @Nullable String reference,
            int shard,
            long offset,
            Instant postedAt) {}

    /** A transfer, if it is there, and per shard the offset below which everything is projected. */
    record TransferSearch(Optional<Transfer> transfer, Map<Integer, Long> projectedBefore) {
        /** True if everything below these offsets is projected. */
        boolean covers(Map<Integer, Long> executedBefore) {
            return executedBefore.entrySet().stream()
                    .allMatch(shard -> projectedBefore.getOrDefault(shard.getKey(), 0L) >= shard.getValue());
        }
    }

    /** One side of a transfer. */
    record Entry(
            String id,
            UUID transferId,
            UUID counterparty,
            long amountMinor,
            long balanceMinor,
            long version,
            @Nullable String reference,
            int shard,
            long offset,
            Instant postedAt) {}

    /**
     * A part of an account's history, newest first.
     *
     * @param projectedBefore everything of the account's shard below this offset is projected
     */
    record EntryPage(List<Entry> entries, boolean more, long projectedBefore) {
        EntryPage {
            entries = List.copyOf(entries);
        }
    }
}
