package io.mainstay.projector;

import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.Compared;
import io.mainstay.core.rebuild.RebuildStatus.Shard;
import io.mainstay.core.rebuild.RebuildStatus.State;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code rebuilds}: what was ordered, and how far it is, for all servers. */
final class RebuildTable {
    private static final String COLUMNS =
            "SELECT id, target, state, progress, cause, created_at, updated_at FROM rebuilds";
    private static final String OPEN = "state NOT IN ('DONE', 'CANCELLED', 'FAILED')";

    private RebuildTable() {}

    /** A new one, unless another one is open. */
    static Optional<RebuildStatus> insert(Connection connection, String target) throws SQLException {
        UUID id = UUID.randomUUID();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO rebuilds (id, target, state, progress, created_at, updated_at)"
                        + " VALUES (?, ?, 'BUILDING', '{}', now(), now()) ON CONFLICT DO NOTHING")) {
            insert.setObject(1, id);
            insert.setString(2, target);
            return insert.executeUpdate() == 0 ? Optional.empty() : byId(connection, id);
        }
    }

    /** The one that nobody has said anything of for so long, though it has not ended. */
    static Optional<RebuildStatus> abandoned(Connection connection, Duration silence) throws SQLException {
        return find(
                connection, OPEN + " AND updated_at <= now() - make_interval(secs => ?)", silence.toMillis() / 1000.0);
    }

    static Optional<RebuildStatus> open(Connection connection, String target) throws SQLException {
        return find(connection, OPEN + " AND target = ?", target);
    }

    static Optional<RebuildStatus> byId(Connection connection, UUID id) throws SQLException {
        return find(connection, "id = ?", id);
    }

    /** Whether one is open, of whatever target; none begins before the connection's transaction ends. */
    static boolean isAnyOpen(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE rebuilds IN SHARE MODE");
        }
        return !query(connection, COLUMNS + " WHERE " + OPEN).isEmpty();
    }

    /** The last one of each target, the newest first. */
    static List<RebuildStatus> latest(Connection connection) throws SQLException {
        return query(
                connection,
                COLUMNS + " r WHERE created_at = (SELECT max(created_at) FROM rebuilds WHERE target = r.target)"
                        + " ORDER BY created_at DESC");
    }

    /** Says how far it is; false if it has ended, by whomever. */
    static boolean update(Connection connection, RebuildStatus status) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE rebuilds SET state = ?, progress = ?, cause = ?, updated_at = now() WHERE id = ? AND "
                        + OPEN)) {
            update.setString(1, status.state().name());
            update.setString(2, progress(status));
            update.setString(3, status.cause().orElse(null));
            update.setObject(4, status.id());
            return update.executeUpdate() > 0;
        }
    }

    private static Optional<RebuildStatus> find(Connection connection, String where, Object value) throws SQLException {
        return query(connection, COLUMNS + " WHERE " + where, value).stream().findFirst();
    }

    private static List<RebuildStatus> query(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                query.setObject(index + 1, values[index]);
            }
            List<RebuildStatus> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(status(row));
                }
            }
            return found;
        }
    }

    private static RebuildStatus status(ResultSet row) throws SQLException {
        JsonObject progress;
        try (JsonReader reader = Json.createReader(new StringReader(row.getString("progress")))) {
            progress = reader.readObject();
        }
        return new RebuildStatus(
                row.getObject("id", UUID.class),
                row.getString("target"),
                State.valueOf(row.getString("state")),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                progress.containsKey("rows") ? progress.getJsonNumber("rows").longValue() : 0,
                objects(progress, "shards").stream()
                        .map(shard -> new Shard(
                                shard.getInt("shard"),
                                shard.getJsonNumber("offset").longValue(),
                                shard.getJsonNumber("goal").longValue()))
                        .toList(),
                objects(progress, "compared").stream()
                        .map(table -> new Compared(
                                table.getString("table"),
                                table.getJsonNumber("rows").longValue(),
                                table.getJsonNumber("rebuiltRows").longValue(),
                                table.getBoolean("equal")))
                        .toList(),
                Optional.ofNullable(row.getString("cause")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<JsonObject> objects(JsonObject progress, String name) {
        return progress.containsKey(name) ? progress.getJsonArray(name).getValuesAs(JsonObject.class) : List.of();
    }

    private static String progress(RebuildStatus status) {
        JsonArrayBuilder shards = Json.createArrayBuilder();
        status.shards()
                .forEach(shard -> shards.add(Json.createObjectBuilder()
                        .add("shard", shard.shard())
                        .add("offset", shard.offset())
                        .add("goal", shard.goal())));
        JsonArrayBuilder compared = Json.createArrayBuilder();
        status.compared()
                .forEach(table -> compared.add(Json.createObjectBuilder()
                        .add("table", table.table())
                        .add("rows", table.rows())
                        .add("rebuiltRows", table.rebuiltRows())
                        .add("equal", table.equal())));
        return Json.createObjectBuilder()
                .add("rows", status.rows())
                .add("shards", shards)
                .add("compared", compared)
                .build()
                .toString();
    }
}
