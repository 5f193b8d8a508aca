package io.mainstay.projector;

import io.mainstay.core.log.LogPosition;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Table;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.Compared;
import io.mainstay.core.targets.ProjectionTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;

/** A schema of its own in which a target's tables are made anew, and how they take the place of those in force. */
final class ShadowSchema {
    static final String NAME = "mainstay_rebuild";
    private static final String REPLACED = "mainstay_replaced";
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '3s'";

    /** Tables and views of the shadow that take the place of others; what the projector keeps for itself stays. */
    private static final String MADE = """
            SELECT relname FROM pg_class
             WHERE relnamespace = to_regnamespace('%s') AND relkind IN ('r', 'p', 'v', 'm')
               AND relname NOT IN ('projection_positions', 'rebuilds', 'dead_letters', 'databasechangelog', 'databasechangeloglock')
            """.formatted(NAME);

    private static final String FUNCTIONS = """
            SELECT format('%%I(%%s)', proname, pg_get_function_identity_arguments(oid)) FROM pg_proc
             WHERE pronamespace = to_regnamespace('%s')
            """.formatted(NAME);

    private final DataSource database;
    private final ProjectionTarget target;
    private final Migrations migrations;

    /** {@code migrations} make the target's tables in whatever schema comes first in the search path. */
    ShadowSchema(DataSource database, ProjectionTarget target, Migrations migrations) {
        this.database = database;
        this.target = target;
        this.migrations = migrations;
    }

    /** How far a target is in a shard. */
    record Place(LogPosition position, long executedBefore) {}

    /** Makes empty tables, or those that a newer version adds to what is there. */
    void create() throws SQLException, LiquibaseException {
        try (Connection connection = database.getConnection()) {
            execute(connection, "CREATE SCHEMA IF NOT EXISTS " + NAME);
            connection.setSchema(NAME);
            try {
                migrations.migrate(connection);
            } finally {
                execute(connection, "RESET search_path");
            }
        }
    }

    /** Drops what was made anew, and what was replaced. */
    static void drop(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            drop(connection);
        }
    }

    /** The same, unless a rebuild is under way, on whatever server: then it is not ours to drop. */
    static void dropUnused(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (names(
                            connection,
                            "SELECT nspname FROM pg_namespace WHERE nspname IN ('%s', '%s')".formatted(NAME, REPLACED))
                    .isEmpty()) {
                return;
            }
            begin(connection, LOCK_TIMEOUT);
            try {
                if (!RebuildTable.isAnyOpen(connection)) {
                    drop(connection);
                    connection.commit();
                }
            } finally {
                end(connection);
            }
        }
    }

    private static void drop(Connection connection) throws SQLException {
        execute(connection, "DROP SCHEMA IF EXISTS " + NAME + " CASCADE");
        execute(connection, "DROP SCHEMA IF EXISTS " + REPLACED + " CASCADE");
    }

    /** Where the target's tables in force stand, by shard. */
    Map<Integer, Place> goals() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return places(connection, live(connection));
        }
    }

    /** Where the tables that are made anew stand, by shard. */
    Map<Integer, Place> reached() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return places(connection, NAME);
        }
    }

    /**
     * Compares all rows of old and new tables by their hashes, at one position.
     *
     * @param goTo brings the new tables to a place in each shard, and no further
     */
    List<Compared> compare(Progress goTo) throws SQLException {
        try (Connection before = database.getConnection();
                Connection after = database.getConnection()) {
            begin(before, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try {
                String live = live(before);
                Map<Integer, Place> places = places(before, live);
                goTo.reach(places);
                begin(after, "SET TRANSACTION READ ONLY");
                requireSame(places, places(after, NAME));
                List<Compared> compared = new ArrayList<>();
                for (Table table : target.tables()) {
                    goTo.check();
                    Sum old = sum(before, live, table);
                    Sum made = sum(after, NAME, table);
                    compared.add(new Compared(table.name(), old.rows, made.rows, old.equals(made)));
                }
                return compared;
            } finally {
                end(after);
                end(before);
            }
        }
    }

    /**
     * Puts the new tables in the place of the old ones, at one position, in one transaction. Projection waits meanwhile, and for
     * a moment readers. {@link SQLException} with the state of a lock time-out or a deadlock if readers were in the way.
     *
     * @param goTo brings the new tables to a place in each shard, and no further
     * @param done asked in the end for what is noted in the same transaction
     * @return false if the rebuild has ended otherwise meanwhile
     */
    boolean replace(Progress goTo, Supplier<RebuildStatus> done) throws SQLException {
        try (Connection connection = database.getConnection()) {
            begin(connection, LOCK_TIMEOUT);
            try {
                String live = live(connection);
                // Whoever projects waits from here on; whoever reads does not.
                execute(connection, "LOCK TABLE %s.projection_positions IN EXCLUSIVE MODE".formatted(live));
                Map<Integer, Place> places = places(connection, live);
                goTo.reach(places);
                requireSame(places, places(connection, NAME));
                swap(connection, live);
                boolean open = RebuildTable.update(connection, done.get());
                if (open) {
                    connection.commit();
                }
                return open;
            } finally {
                end(connection);
            }
        }
    }

    private void swap(Connection connection, String live) throws SQLException {
        List<String> made = names(connection, MADE);
        List<String> old = new ArrayList<>();
        for (String name : union(made, partitions(connection, live))) {
            if (!names(connection, "SELECT 1 WHERE to_regclass('%s.%s') IS NOT NULL".formatted(live, quoted(name)))
                    .isEmpty()) {
                old.add(name);
            }
        }
        // Readers that have begun see the old tables to their end: their snapshot may lie before the newest new rows.
        execute(
                connection,
                "LOCK TABLE %s.projection_positions%s IN ACCESS EXCLUSIVE MODE"
                        .formatted(
                                live,
                                old.stream()
                                        .map(name -> ", " + live + "." + quoted(name))
                                        .collect(Collectors.joining())));
        execute(connection, "DROP SCHEMA IF EXISTS " + REPLACED + " CASCADE");
        execute(connection, "CREATE SCHEMA " + REPLACED);
        for (String name : old) {
            move(connection, "TABLE", live, quoted(name), REPLACED);
        }
        for (String name : made) {
            move(connection, "TABLE", NAME, quoted(name), live);
        }
        for (String function : names(connection, FUNCTIONS)) {
            if (!names(connection, "SELECT 1 WHERE to_regprocedure('%s.%s') IS NOT NULL".formatted(live, function))
                    .isEmpty()) {
                move(connection, "FUNCTION", live, function, REPLACED);
            }
            move(connection, "FUNCTION", NAME, function, live);
        }
        replaceLetters(connection, live);
    }

    /** What waited for the old rows is dealt with; what the rebuild itself could not project waits for the new ones. */
    private void replaceLetters(Connection connection, String live) throws SQLException {
        for (String sql : List.of(
                """
                UPDATE %s.dead_letters SET state = 'resolved', event = NULL, updated_at = greatest(created_at, now())
                 WHERE target = ? AND state IN ('parked', 'queued')
                """.formatted(live),
                "INSERT INTO %s.dead_letters SELECT * FROM %s.dead_letters WHERE target = ?".formatted(live, NAME))) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, target.name());
                statement.executeUpdate();
            }
        }
    }

    /** Of the target's tables in force: they may be other ones than those made anew. */
    private List<String> partitions(Connection connection, String live) throws SQLException {
        List<String> all = new ArrayList<>();
        for (Table table : target.tables()) {
            all.addAll(names(
                    connection,
                    "SELECT c.relname FROM pg_partition_tree(to_regclass('%s.%s')) t JOIN pg_class c ON c.oid = t.relid"
                            .formatted(live, table.name())));
        }
        return all;
    }

    private static void move(Connection connection, String kind, String from, String name, String to)
            throws SQLException {
        execute(connection, "ALTER %s %s.%s SET SCHEMA %s".formatted(kind, from, name, to));
    }

    private Map<Integer, Place> places(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT shard, next_sequence, next_offset, epoch, frame_hash, executed_before FROM " + schema
                        + ".projection_positions WHERE target = ?")) {
            query.setString(1, target.name());
            Map<Integer, Place> places = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    places.put(
                            row.getInt(1),
                            new Place(
                                    new LogPosition(row.getLong(2), row.getLong(3), row.getInt(4), row.getBytes(5)),
                                    row.getLong(6)));
                }
            }
            return places;
        }
    }

    private static void requireSame(Map<Integer, Place> old, Map<Integer, Place> made) {
        if (!old.equals(made)) {
            throw new DamagedLogException("old tables stand at %s, new ones at %s".formatted(old, made));
        }
    }

    private static Sum sum(Connection connection, String schema, Table table) throws SQLException {
        String columns = told(table).stream().map(Column::name).collect(Collectors.joining(", "));
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(
                        "SELECT count(*), sum(hashtextextended(ROW(%s)::text, 0)::numeric)::text FROM %s.%s"
                                .formatted(columns, schema, table.name()))) {
            row.next();
            return new Sum(row.getLong(1), String.valueOf(row.getString(2)));
        }
    }

    /** A row with another key than an id of its own may be told by several shards: which was first is left to chance. */
    private static List<Column<?>> told(Table table) {
        if (table.key().stream().allMatch(column -> column.type().equals(ColumnType.UUID))) {
            return table.columns();
        }
        List<Column<?>> columns = new ArrayList<>(table.columns());
        columns.removeAll(List.of(table.shard(), table.createdAt(), table.updatedAt()));
        return columns;
    }

    private static String live(Connection connection) throws SQLException {
        return names(connection, "SELECT quote_ident(current_schema())").get(0);
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    private static List<String> union(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        others.stream().filter(other -> !some.contains(other)).forEach(all::add);
        return all;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void begin(Connection connection, String setting) throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, setting);
        execute(connection, "SET LOCAL statement_timeout = 0");
    }

    private static void end(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows of a table, in any order. */
    private record Sum(long rows, String hash) {}

    /** Brings new tables further. */
    interface Progress {
        /** Up to a place in each shard, and no further. */
        void reach(Map<Integer, Place> places) throws SQLException;

        /** {@link StopSignal.StoppedException} if that is no longer wanted. */
        void check();
    }
}
