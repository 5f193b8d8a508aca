package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    private final Path home;
    private final Settings settings;
    private final EmbeddedDatabase database;

    EmbeddedDatabaseTest(@TempDir Path home) {
        this.home = home;
        this.settings = new Settings(home, Map.of("MAINSTAY_DB_PORT", Integer.toString(Ports.free())));
        this.database = new EmbeddedDatabase(settings);
    }

    @AfterEach
    void stop() {
        database.stop();
    }

    @Test
    void keepsItsDataAndSyncsItToDisk() throws Exception {
        database.start();
        assertThat(query("show fsync")).isEqualTo("on");
        assertThat(query("show synchronous_commit")).isEqualTo("on");
        execute("create table kept as select 42 as answer");
        ProcessHandle first = database.process().orElseThrow();
        database.stop();
        assertThat(first.isAlive()).isFalse();
        assertThat(database.process()).isEmpty();

        database.start();
        assertThat(query("select answer from kept")).isEqualTo("42");
        assertThat(database.process()).isPresent().get().isNotEqualTo(first);
    }

    @Test
    void tellsSlowStatementsWithTheirPlansAndWithoutTheirValues() throws Exception {
        database.start();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                PreparedStatement slow = connection.prepareStatement("select pg_sleep(0.06), ?::text as whom")) {
            slow.setString(1, "alice@example.com");
            slow.executeQuery().close();
        }
        execute("create table made_by_hand (id int)");

        assertThat(Files.readString(database.logFile()))
                .contains("\"Query Text\": \"select pg_sleep(0.06), $1::text as whom\"", "\"Node Type\"")
                .contains("create table made_by_hand")
                .doesNotContain("alice");
    }

    @Test
    void countsWhatStatementsCost() throws Exception {
        database.start();
        query("select 41 + 1");

        assertThat(query("select calls from pg_stat_statements where query = 'select $1 + $2'"))
                .isEqualTo("1");
    }

    @Test
    void letsNobodyInWithoutTheirPassword() throws Exception {
        database.start();
        assertThat(query("show password_encryption")).isEqualTo("scram-sha-256");
        for (String user : List.of("postgres", "mainstay", "mainstay_migrator", "mainstay_writer", "mainstay_reader")) {
            assertThatThrownBy(() -> DriverManager.getConnection(settings.jdbcUrl(database.port(), user, "mainstay")))
                    .as(user)
                    .hasMessageContaining("password authentication failed");
        }
        Path secrets = home.resolve("secrets/database.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        for (DatabaseRole role : DatabaseRole.values()) {
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl(role))) {
                assertThat(connection.isValid(1)).isTrue();
            }
            assertThat(Files.readString(database.logFile()))
                    .doesNotContain(new DatabaseSecrets(settings).password(role));
        }
    }

    @Test
    void eachRoleMayDoItsOwnWorkAndNoMore() throws Exception {
        database.start();
        execute("create table made (answer int)");

        assertRefused(DatabaseRole.WRITER, "delete from made");
        assertRefused(DatabaseRole.WRITER, "truncate made");
        assertRefused(DatabaseRole.WRITER, "create table mine (answer int)");
        assertRefused(DatabaseRole.READER, "select from made");
        try (Connection writer = DriverManager.getConnection(database.jdbcUrl(DatabaseRole.WRITER));
                Statement statement = writer.createStatement()) {
            statement.execute("insert into made values (41)");
            statement.execute("update made set answer = 42");
        }
        assertThat(query("select answer from made")).isEqualTo("42");
    }

    @Test
    void takesItsPasswordsFromTheEnvironmentWhenItIsStartedAgain() throws Exception {
        database.start();
        database.stop();
        Map<String, String> changed = new HashMap<>(settings.environment());
        changed.put("MAINSTAY_DB_READER_PASSWORD", "p&ss w\u00f6rd");
        Settings with = new Settings(home, changed);
        EmbeddedDatabase again = new EmbeddedDatabase(with);

        again.start();

        assertThat(again.users()).containsEntry("MAINSTAY_DB_READER_PASSWORD", "p&ss w\u00f6rd");
        DriverManager.getConnection(again.jdbcUrl(DatabaseRole.READER)).close();
        DriverManager.getConnection(again.jdbcUrl(DatabaseRole.WRITER)).close();
    }

    @Test
    void aLostFileOfPasswordsIsMadeAnew() throws Exception {
        database.start();
        execute("create table kept as select 42 as answer");
        database.stop();
        Files.delete(home.resolve("secrets/database.properties"));

        database.start();

        assertThat(query("select answer from kept")).isEqualTo("42");
        assertThatThrownBy(() -> DriverManager.getConnection(settings.jdbcUrl(database.port(), "postgres", "")))
                .hasMessageContaining("password");
    }

    @Test
    void aDatabaseThatAskedNobodyForAPasswordDoesSinceWhileItRuns() throws Exception {
        database.start();
        String password = new DatabaseSecrets(settings).kept("postgres").orElseThrow();
        Files.writeString(home.resolve("postgres/data/pg_hba.conf"), "host all all 127.0.0.1/32 trust\n");
        try (Connection superuser =
                        DriverManager.getConnection(settings.jdbcUrl(database.port(), "postgres", password));
                Statement statement = superuser.createStatement()) {
            statement.execute("select pg_reload_conf()");
            statement.execute("select pg_sleep(0.5)");
        }
        Files.delete(home.resolve("secrets/database.properties"));

        database.adopt();

        DriverManager.getConnection(database.jdbcUrl(DatabaseRole.WRITER)).close();
        assertThatThrownBy(
                        () -> DriverManager.getConnection(settings.jdbcUrl(database.port(), "mainstay_writer", "any")))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void whatOneUserHasMadeBelongsToTheMigratorAndStaysHisToUse() throws Exception {
        Map<String, String> named = new HashMap<>(settings.environment());
        named.put("MAINSTAY_DB_USER", "mainstay");
        named.put("MAINSTAY_DB_PASSWORD", "one for all");
        EmbeddedDatabase before = new EmbeddedDatabase(new Settings(home, named));
        before.start();
        assertThat(before.users()).isEmpty();
        try (Connection connection = DriverManager.getConnection(before.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 42 as answer");
        }
        before.stop();

        database.start();

        assertThat(query("select tableowner from pg_tables where tablename = 'kept'"))
                .isEqualTo("mainstay_migrator");
        try (Connection old =
                        DriverManager.getConnection(settings.jdbcUrl(database.port(), "mainstay", "one for all"));
                Statement statement = old.createStatement()) {
            statement.execute("alter table kept add column more int");
        }
    }

    private void assertRefused(DatabaseRole role, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(role));
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).as(sql).hasMessageContaining("permission denied");
        }
    }

    @Test
    void takesThePidFileOfACrashForStale() throws Exception {
        Path data = Files.createDirectories(home.resolve("postgres/data"));
        Files.writeString(
                data.resolve("postmaster.pid"),
                "%d\n%s\n%d\n15432\n".formatted(ProcessHandle.current().pid(), data, 1_000_000_000));

        assertThat(database.process()).isEmpty();
    }

    private String query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
