package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
