package io.mainstay.projector;

import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.deadletters.DeadLetterQuery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table of dead letters, within the transaction of an entity manager. Whoever opens or closes a letter, or goes by which
 * are open, has the row of the target's position locked.
 */
final class DeadLetterTable {
    private static final String IS_OPEN = " state IN ('parked', 'queued') ";
    private static final String COLUMNS = "SELECT id, target, shard, log_offset, event_index, event_at, domain, type,"
            + " row_keys, state, cause, retries, created_at, updated_at, domain_id, schema_version, event, frame_hash,"
            + " stack, closed_by, closed_because FROM dead_letters ";

    private final EntityManager entities;

    DeadLetterTable(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The open letters of a target's shard.
     *
     * @param rows that wait for them
     */
    record Open(int count, ParkedRows rows) {}

    Open open(String target, int shard) {
        return ask(
                "SELECT row_keys FROM dead_letters WHERE target = ? AND shard = ? AND" + IS_OPEN,
                List.of(target, shard),
                DeadLetterTable::openRows);
    }

    /** Ids of open letters behind a place in the log, in their order. */
    List<UUID> openBehind(String target, int shard, long offset, int index, int limit) {
        return ask(
                "SELECT id FROM dead_letters WHERE target = ? AND shard = ? AND (log_offset, event_index) > (?, ?) AND"
                        + IS_OPEN + "ORDER BY log_offset, event_index LIMIT ?",
                List.of(target, shard, offset, index, limit),
                found -> {
                    List<UUID> ids = new ArrayList<>();
                    while (found.next()) {
                        ids.add(found.getObject(1, UUID.class));
                    }
                    return ids;
                });
    }

    /** The rows that wait for open letters before this one. */
    ParkedRows rowsBefore(DeadLetter letter) {
        return ask(
                        "SELECT row_keys FROM dead_letters WHERE target = ? AND shard = ? AND (log_offset, event_index) < (?, ?)"
                                + " AND" + IS_OPEN,
                        List.of(letter.target(), letter.shard(), letter.offset(), letter.index()),
                        DeadLetterTable::openRows)
                .rows();
    }

    private static Open openRows(ResultSet found) throws SQLException {
        ParkedRows rows = new ParkedRows();
        int count = 0;
        for (; found.next(); count++) {
            rows.add(texts(found.getArray(1)));
        }
        return new Open(count, rows);
    }

    Optional<DeadLetterRow> find(UUID id) {
        return ask(
                COLUMNS + "WHERE id = ?",
                List.of(id),
                found -> found.next() ? Optional.of(row(found)) : Optional.empty());
    }

    List<DeadLetter> list(DeadLetterQuery query) {
        StringBuilder sql = new StringBuilder(COLUMNS).append("WHERE");
        List<Object> values = new ArrayList<>();
        if (query.state().isPresent()) {
            sql.append(" state = ?");
            values.add(text(query.state().get()));
        } else {
            sql.append(IS_OPEN);
        }
        query.target().ifPresent(target -> {
            sql.append(" AND target = ?");
            values.add(target);
        });
        query.shard().ifPresent(shard -> {
            sql.append(" AND shard = ?");
            values.add(shard);
        });
        query.after().ifPresent(last -> {
            sql.append(" AND (target, shard, log_offset, event_index, id) >"
                    + " (SELECT target, shard, log_offset, event_index, id FROM dead_letters WHERE id = ?)");
            values.add(last);
        });
        sql.append(" ORDER BY target, shard, log_offset, event_index, id LIMIT ?");
        values.add(query.limit());
        return ask(sql.toString(), values, found -> {
            List<DeadLetter> letters = new ArrayList<>();
            while (found.next()) {
                letters.add(row(found).letter());
            }
            return letters;
        });
    }

    /** Adds letters; one round trip however many. */
    void insert(String target, List<ParkedEvent> events, Instant now) {
        String sql =
                "INSERT INTO dead_letters (id, target, shard, log_offset, event_index, event_at, domain_id, domain,"
                        + " schema_version, type, row_keys, event, frame_hash, state, cause, stack, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            for (ParkedEvent event : events) {
                set(
                        statement,
                        List.of(
                                UUID.randomUUID(),
                                target,
                                event.place().shard(),
                                event.place().offset(),
                                event.place().index(),
                                event.place().time(),
                                event.domainId(),
                                event.domain(),
                                event.schemaVersion(),
                                event.type(),
                                event.keys(),
                                event.bytes(),
                                event.frameHash(),
                                text(event.state()),
                                event.cause().text(),
                                event.cause().stack(),
                                now,
                                now));
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(events.size() + " dead letters are not written", e);
        }
    }

    /** The letter was tried again and is still open. */
    void triedAgain(UUID id, State state, Cause cause, Instant now) {
        tell(
                "UPDATE dead_letters SET state = ?, cause = ?, stack = ?, retries = retries + 1, updated_at ="
                        + " greatest(created_at, ?) WHERE id = ?",
                List.of(text(state), cause.text(), cause.stack(), now, id));
    }

    /** The letter's rows are there. */
    void resolved(UUID id, Instant now) {
        tell(
                "UPDATE dead_letters SET state = 'resolved', event = NULL, retries = retries + 1, updated_at ="
                        + " greatest(created_at, ?) WHERE id = ?",
                List.of(now, id));
    }

    /** The letter is passed over. */
    void discarded(UUID id, String by, String reason, Instant now) {
        tell(
                "UPDATE dead_letters SET state = 'discarded', event = NULL, closed_by = ?, closed_because = ?, updated_at ="
                        + " greatest(created_at, ?) WHERE id = ?",
                List.of(by, reason, now, id));
    }

    private static DeadLetterRow row(ResultSet found) throws SQLException {
        DeadLetter letter = new DeadLetter(
                found.getObject(1, UUID.class),
                found.getString(2),
                found.getInt(3),
                found.getLong(4),
                found.getInt(5),
                time(found, 6),
                found.getString(7),
                found.getString(8),
                texts(found.getArray(9)),
                State.valueOf(found.getString(10).toUpperCase(Locale.ROOT)),
                found.getString(11),
                found.getInt(12),
                time(found, 13),
                time(found, 14));
        byte @Nullable [] event = found.getBytes(17);
        @Nullable String closedBy = found.getString(20);
        @Nullable String closedBecause = found.getString(21);
        return new DeadLetterRow(
                letter,
                found.getInt(15),
                found.getInt(16),
                event,
                found.getBytes(18),
                found.getString(19),
                closedBy,
                closedBecause);
    }

    private <R> R ask(String sql, List<Object> values, Reading<R> reading) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            set(statement, values);
            try (ResultSet found = statement.executeQuery()) {
                return reading.of(found);
            }
        } catch (SQLException e) {
            throw new PersistenceException("dead letters are not read", e);
        }
    }

    private void tell(String sql, List<Object> values) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            set(statement, values);
            int count = statement.executeUpdate();
            if (count != 1) {
                throw new IllegalStateException(count + " dead letters changed, 1 expected");
            }
        } catch (SQLException e) {
            throw new PersistenceException("a dead letter is not changed", e);
        }
    }

    private Connection connection() {
        return entities.unwrap(Connection.class);
    }

    private static void set(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int index = 0; index < values.size(); index++) {
            switch (values.get(index)) {
                case Instant time -> statement.setObject(index + 1, time.atOffset(ZoneOffset.UTC));
                case byte[] bytes -> statement.setBytes(index + 1, bytes);
                case Collection<?> texts ->
                    statement.setArray(index + 1, statement.getConnection().createArrayOf("text", texts.toArray()));
                case Object value -> statement.setObject(index + 1, value);
            }
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static Instant time(ResultSet found, int column) throws SQLException {
        return found.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private interface Reading<R> {
        R of(ResultSet found) throws SQLException;
    }
}
