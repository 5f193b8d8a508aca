package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions by month and shard, on a real PostgreSQL. */
@SuppressWarnings("NullAway.Init")
final class PartitionKeeperTest {
    private static final Retention RETENTION = Retention.from(name -> Optional.empty());
    private static EmbeddedServer server;
    private static Database database;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
        database = server.database();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void makeTable() {
        database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        database.execute("""
                CREATE TABLE trail (id uuid NOT NULL DEFAULT gen_random_uuid(), shard int NOT NULL, created_at timestamptz NOT NULL,
                    amount int NOT NULL DEFAULT 1, CONSTRAINT pk_trail PRIMARY KEY (id, created_at, shard),
                    CONSTRAINT chk_trail_amount CHECK (amount > 0)) PARTITION BY RANGE (created_at);
                CREATE INDEX idx_trail_amount ON trail (amount);
                COMMENT ON TABLE trail IS 'All that happened; retention: audit'
                """);
    }

    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(Retention.KEYS));
    }

    @Test
    void makesThisMonthAndThreeMoreEachByShardOnce() throws SQLException {
        makeAhead("2026-11-30T23:59:59Z");
        makeAhead("2026-11-30T23:59:59Z");

        assertThat(partitions("trail"))
                .containsExactly("trail_2026_11", "trail_2026_12", "trail_2027_01", "trail_2027_02", "trail_default");
        assertThat(partitions("trail_2027_02"))
                .containsExactly("trail_2027_02_h0", "trail_2027_02_h1", "trail_2027_02_h2", "trail_2027_02_h3");
        database.execute("INSERT INTO trail (shard, created_at) SELECT s, '2026-12-31 23:59:59.999999+00'"
                + " FROM generate_series(0, 63) s");
        assertThat(database.rows("SELECT DISTINCT tableoid::regclass FROM trail ORDER BY 1"))
                .containsExactly("trail_2026_12_h0", "trail_2026_12_h1", "trail_2026_12_h2", "trail_2026_12_h3");
        assertThat(database.number("SELECT count(*) FROM pg_indexes WHERE tablename = 'trail_2026_12_h1'"))
                .isEqualTo(2);

        makeAhead("2026-12-01T00:00:00Z");

        assertThat(partitions("trail")).contains("trail_2027_03").hasSize(6);
    }

    @Test
    void rowsOfNoMonthAreTakenAndToldAndMoveWhenTheirMonthComes() throws SQLException {
        makeAhead("2026-11-01T00:00:00Z");
        database.execute("INSERT INTO trail (shard, created_at) VALUES (1, '2027-03-15'), (2, '2031-01-01')");
        assertThat(strays()).containsExactly("trail_default");

        makeAhead("2026-12-01T00:00:00Z");

        assertThat(database.rows("SELECT left(tableoid::regclass::text, 13) FROM trail ORDER BY created_at"))
                .containsExactly("trail_2027_03", "trail_default");
        database.execute("DELETE FROM trail WHERE created_at > '2030-01-01'");
        assertThat(strays()).isEmpty();
    }

    @Test
    void detachesWhatRetentionIsOverForAndKeepsItAsATable() throws SQLException {
        makeAhead("2020-01-15T00:00:00Z");
        database.execute("INSERT INTO trail (shard, created_at) VALUES (1, '2020-01-20'), (1, '2020-02-20')");

        assertThat(retire("2023-01-31T23:59:59Z")).isZero();
        assertThat(retire("2023-02-01T00:00:00Z")).isEqualTo(1);

        assertThat(partitions("trail")).startsWith("trail_2020_02");
        assertThat(database.number("SELECT count(*) FROM trail")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM detached_trail_2020_01"))
                .isEqualTo(1);
        assertThat(retire("2023-02-02T00:00:00Z")).isZero();
    }

    @Test
    void whatHasNoClassIsKept() throws SQLException {
        database.execute("COMMENT ON TABLE trail IS NULL");
        makeAhead("2020-01-15T00:00:00Z");

        assertThat(retire("2099-01-01T00:00:00Z")).isZero();
    }

    @Test
    void waitsForNoWriterLongAndDoesItLater() throws SQLException {
        makeAhead("2026-11-01T00:00:00Z");
        try (Connection writer = database.dataSource().getConnection()) {
            writer.setAutoCommit(false);
            try (var statement = writer.createStatement()) {
                statement.execute("INSERT INTO trail (shard, created_at) VALUES (1, '2027-03-15')");
            }
            assertThatThrownBy(() -> makeAhead("2026-12-01T00:00:00Z")).hasMessageContaining("lock timeout");
            writer.commit();
        }

        makeAhead("2026-12-01T00:00:00Z");

        assertThat(partitions("trail")).contains("trail_2027_03");
    }

    private static List<String> partitions(String parent) {
        return database
                .rows("SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = '" + parent + "'::regclass")
                .stream()
                .sorted()
                .toList();
    }

    private static void makeAhead(String now) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            keeper(connection, now).makeAhead();
        }
    }

    private static int retire(String now) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return keeper(connection, now).retire(RETENTION);
        }
    }

    private static List<String> strays() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return keeper(connection, "2026-11-01T00:00:00Z").strays();
        }
    }

    private static PartitionKeeper keeper(Connection connection, String now) {
        return new PartitionKeeper(connection, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }
}
