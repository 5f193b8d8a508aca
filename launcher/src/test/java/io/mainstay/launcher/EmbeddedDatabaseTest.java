package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
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
        try (Connection connection = DriverManager.getConnection(settings.jdbcUrl(database.port()));
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
    void takesThePidFileOfACrashForStale() throws Exception {
        Path data = Files.createDirectories(home.resolve("postgres/data"));
        Files.writeString(
                data.resolve("postmaster.pid"),
                "%d\n%s\n%d\n15432\n".formatted(ProcessHandle.current().pid(), data, 1_000_000_000));

        assertThat(database.process()).isEmpty();
    }

    private String query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(settings.jdbcUrl(database.port()));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(settings.jdbcUrl(database.port()));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
