package io.mainstay.projector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the partitions of every table of the current schema that is partitioned by ranges of {@code created_at}: a month each,
 * made ahead, and below it by the hash of {@code shard}; what its retention is over for is detached and stays as a table for
 * an operator to archive and drop.
 *
 * <p>A default partition takes rows that no month is there for, so that no writer stops; they move when their month is made.
 */
final class PartitionKeeper {
    /** Months that are there besides the current one. */
    static final int MONTHS_AHEAD = 3;

    /** Partitions of a month, whatever the number of shards. */
    static final int HASHES = 4;

    private static final Logger LOG = Logger.getLogger(PartitionKeeper.class.getName());
    private static final int LOCK_MILLIS = 2000;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu_MM", Locale.ROOT);
    private static final Pattern BOUNDS = Pattern.compile("FOR VALUES FROM \\((.*)\\) TO \\((.*)\\)");
    private static final Pattern CLASS = Pattern.compile("retention: (\\w+)");

    private static final String PARENTS = """
            SELECT c.oid::regclass::text, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),
                   EXISTS (SELECT FROM pg_attribute s
                            WHERE s.attrelid = c.oid AND s.attname = 'shard' AND NOT s.attisdropped)
              FROM pg_partitioned_table p
              JOIN pg_class c ON c.oid = p.partrelid
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
             WHERE c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
               AND p.partstrat = 'r' AND p.partnatts = 1 AND a.attname = 'created_at'
             ORDER BY c.relname
            """;
    private static final String PARTITIONS = """
            SELECT c.oid::regclass::text, c.relname, pg_get_expr(c.relpartbound, c.oid)
              FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = ?::regclass
             ORDER BY c.relname
            """;

    private final Connection connection;
    private final Clock clock;

    /** The connection is that of the tables' owner. */
    PartitionKeeper(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** Makes the partitions of this month and of those that follow, and a default one. */
    void makeAhead() throws SQLException {
        begin();
        for (Parent parent : parents()) {
            List<Partition> partitions = partitions(parent);
            Optional<Partition> other =
                    partitions.stream().filter(Partition::isDefault).findFirst();
            if (other.isEmpty()) {
                execute("CREATE TABLE %s PARTITION OF %s DEFAULT".formatted(parent.part("default"), parent.name()));
                connection.commit();
            }
            YearMonth first = YearMonth.now(clock);
            for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                YearMonth month = first.plusMonths(ahead);
                if (partitions.stream().noneMatch(partition -> partition.meets(month))) {
                    make(parent, month, other);
                }
            }
        }
        end();
    }

    /** Detaches the partitions that retention is over for; returns how many. */
    int retire(Retention retention) throws SQLException {
        begin();
        int count = 0;
        Instant now = clock.instant();
        for (Parent parent : parents()) {
            Optional<Duration> kept = parent.retention().flatMap(retention::of);
            if (kept.isEmpty()) {
                continue;
            }
            Instant before = now.minus(kept.get());
            for (Partition partition : partitions(parent)) {
                if (partition.endsBy(before)) {
                    detach(parent, partition);
                    count++;
                }
            }
        }
        end();
        return count;
    }

    /** Rows that lie in default partitions, by their tables: no month was there for them. */
    List<String> strays() throws SQLException {
        begin();
        List<String> found = new ArrayList<>();
        for (Parent parent : parents()) {
            for (Partition partition : partitions(parent)) {
                if (partition.isDefault() && isTrue("SELECT EXISTS (SELECT FROM " + partition.name() + ")")) {
                    found.add(partition.name());
                    LOG.log(
                            Level.WARNING,
                            "{0} has rows of months that no partition is there for; they are read and written all the same",
                            partition.name());
                }
            }
        }
        end();
        return found;
    }

    /**
     * One transaction. The table is attached with its own partitions, which takes a weaker lock than to create it in place,
     * and no lock of the rows' tables is waited for longer than a moment.
     */
    private void make(Parent parent, YearMonth month, Optional<Partition> other) throws SQLException {
        String name = parent.part(MONTH.format(month));
        String from = literal(month);
        String to = literal(month.plusMonths(1));
        lockTimeout();
        String by = parent.hasShard() ? " PARTITION BY HASH (shard)" : "";
        execute("CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES EXCLUDING STATISTICS EXCLUDING COMMENTS)%s"
                .formatted(name, parent.name(), by));
        for (int hash = 0; parent.hasShard() && hash < HASHES; hash++) {
            execute("CREATE TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS %d, REMAINDER %d)"
                    .formatted(parent.part(MONTH.format(month) + "_h" + hash), name, HASHES, hash));
        }
        if (other.isPresent()) {
            String strays = other.get().name();
            String within = "created_at >= %s AND created_at < %s".formatted(from, to);
            if (isTrue("SELECT EXISTS (SELECT FROM " + strays + " WHERE " + within + ")")) {
                execute("LOCK TABLE " + strays + " IN ACCESS EXCLUSIVE MODE");
                execute("WITH moved AS (DELETE FROM %s WHERE %s RETURNING *) INSERT INTO %s SELECT * FROM moved"
                        .formatted(strays, within, name));
            }
        }
        execute("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%s) TO (%s)"
                .formatted(parent.name(), name, from, to));
        connection.commit();
        LOG.log(Level.INFO, "made partition {0}", name);
    }

    /** Not concurrently: PostgreSQL does not do that where there is a default partition. It takes the lock for a moment. */
    private void detach(Parent parent, Partition partition) throws SQLException {
        lockTimeout();
        execute("ALTER TABLE %s DETACH PARTITION %s".formatted(parent.name(), partition.name()));
        execute("ALTER TABLE %s RENAME TO %s".formatted(partition.name(), quoted("detached_" + partition.plainName())));
        connection.commit();
        LOG.log(
                Level.INFO,
                "retention of {0} is over for {1}; it is detached_{1} now: archive it and drop it",
                new Object[] {parent.name(), partition.plainName()});
    }

    private void begin() throws SQLException {
        connection.setAutoCommit(false);
        execute("SET TIME ZONE 'UTC'");
        connection.commit();
    }

    private void end() throws SQLException {
        execute("RESET TIME ZONE");
        connection.commit();
    }

    private void lockTimeout() throws SQLException {
        execute("SET LOCAL lock_timeout = " + LOCK_MILLIS);
    }

    private List<Parent> parents() throws SQLException {
        List<Parent> parents = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(PARENTS)) {
            while (rows.next()) {
                parents.add(new Parent(rows.getString(1), rows.getString(2), rows.getString(3), rows.getBoolean(4)));
            }
        }
        return parents;
    }

    private List<Partition> partitions(Parent parent) throws SQLException {
        List<Partition> partitions = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(PARTITIONS)) {
            query.setString(1, parent.name());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    partitions.add(partition(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return partitions;
    }

    private static Partition partition(String name, String plainName, String bounds) {
        Matcher range = BOUNDS.matcher(bounds);
        return range.matches()
                ? new Partition(name, plainName, time(range.group(1), Instant.MIN), time(range.group(2), Instant.MAX))
                : new Partition(name, plainName, null, null);
    }

    /** Of a bound as PostgreSQL writes it in the time zone UTC. */
    private static Instant time(String bound, Instant open) {
        return bound.equals("MINVALUE") || bound.equals("MAXVALUE")
                ? open
                : Instant.parse(
                        bound.substring(1, bound.length() - 1).replace(' ', 'T').replace("+00", "Z"));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String literal(YearMonth month) {
        return "timestamptz '" + month.atDay(1) + " 00:00:00+00'";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private boolean isTrue(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A partitioned table, by its name in SQL and without quotes. */
    private record Parent(String name, String plainName, String comment, boolean hasShard) {
        String part(String suffix) {
            return quoted(plainName + "_" + suffix);
        }

        Optional<String> retention() {
            Matcher found = CLASS.matcher(comment);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }

    /** A partition: from a time up to but not including another; without times the default one. */
    private record Partition(
            String name,
            String plainName,
            @Nullable Instant from,
            @Nullable Instant to) {
        boolean isDefault() {
            return from == null;
        }

        boolean meets(YearMonth month) {
            return from != null
                    && to != null
                    && from.isBefore(start(month.plusMonths(1)))
                    && start(month).isBefore(to);
        }

        boolean endsBy(Instant time) {
            return to != null && !to.isAfter(time);
        }
    }
}
