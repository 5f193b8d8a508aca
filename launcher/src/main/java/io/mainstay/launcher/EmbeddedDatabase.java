package io.mainstay.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL with its files in the home. It runs as a process of its own, on after this one ends, and syncs to disk
 * like any PostgreSQL: the binaries are for tests by origin, not by kind.
 */
final class EmbeddedDatabase {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(10);
    private static final String SUPERUSER = "postgres";

    /**
     * Slow statements with their plans, changes of the schema, and what each statement costs in all. The values that
     * statements work on stay out of the log: they may be personal.
     */
    private static final Map<String, String> OBSERVED = Map.of(
            "shared_preload_libraries", "auto_explain,pg_stat_statements",
            "auto_explain.log_min_duration", "50ms",
            "auto_explain.log_format", "json",
            "auto_explain.log_parameter_max_length", "0",
            "log_parameter_max_length", "0",
            "log_parameter_max_length_on_error", "0",
            "log_statement", "ddl",
            "log_lock_waits", "on");

    private final Settings settings;
    private final Path data;
    private final Path binaries;
    private final DatabaseSecrets secrets;

    EmbeddedDatabase(Settings settings) {
        this.settings = settings;
        this.data = settings.home().resolve("postgres/data");
        this.binaries = settings.home().resolve("postgres/runtime");
        this.secrets = new DatabaseSecrets(settings);
    }

    Optional<ProcessHandle> process() {
        return Postmaster.of(data).flatMap(postmaster -> postmaster.process().find());
    }

    /** The port it listens on while it runs. */
    int port() {
        return process()
                .flatMap(running -> Postmaster.of(data))
                .map(Postmaster::port)
                .orElse(settings.databasePort());
    }

    boolean isNew() {
        return !Files.exists(data.resolve("PG_VERSION"));
    }

    /** What tells a server as whom to work in this database. */
    Map<String, String> users() {
        Map<String, String> variables = new HashMap<>();
        if (!settings.hasOneDatabaseUser()) {
            for (DatabaseRole role : DatabaseRole.values()) {
                variables.put(role.userVariable(), role.user());
                variables.put(role.passwordVariable(), secrets.password(role));
            }
        }
        return variables;
    }

    /** For one who may see and change everything. */
    String jdbcUrl() {
        return settings.hasOneDatabaseUser()
                ? settings.jdbcUrl(port(), settings.databaseUser(), settings.databasePassword())
                : jdbcUrl(DatabaseRole.MIGRATOR);
    }

    String jdbcUrl(DatabaseRole role) {
        return settings.jdbcUrl(port(), role.user(), secrets.password(role));
    }

    void start() {
        try {
            Optional<String> password = secrets.kept(SUPERUSER);
            ClientAuthentication authentication = new ClientAuthentication(data);
            if (!isNew() && password.isPresent()) {
                authentication.byPassword();
            } else if (!isNew()) {
                authentication.superuserOnly();
            }
            Files.createDirectories(settings.logDirectory());
            Files.createDirectories(data.getParent());
            ProcessBuilder.Redirect log =
                    ProcessBuilder.Redirect.appendTo(logFile().toFile());
            EmbeddedPostgres.Builder postgres = EmbeddedPostgres.builder();
            OBSERVED.forEach(postgres::setServerConfig);
            password.ifPresent(known -> postgres.setConnectConfig("password", known));
            postgres.setPort(settings.databasePort())
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_LIMIT)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("shared_buffers", "128MB")
                    .start();
            // The library locks the data for as long as this JVM lives, as if the database ended with it.
            Files.delete(data.resolve("epg-lock"));
            prepare(password);
        } catch (IOException | IllegalStateException | SQLException e) {
            throw new LauncherException("PostgreSQL did not start: " + e.getMessage() + "; see " + logFile(), e);
        }
    }

    /** Makes users and passwords in a database that the version before has started, and that asked nobody for one. */
    void adopt() {
        if (secrets.kept(SUPERUSER).isPresent()) {
            return;
        }
        try {
            prepare(Optional.empty());
        } catch (SQLException e) {
            throw new LauncherException(
                    "the running PostgreSQL lets nobody make its users: " + e.getMessage()
                            + "; stop it with ./mainstay down, and start again",
                    e);
        }
    }

    /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
    void stop() {
        process().ifPresent(this::interrupt);
    }

    Path logFile() {
        return settings.logDirectory().resolve("postgresql.log");
    }

    /** SIGINT is PostgreSQL's signal for a fast shutdown; Java itself can only send SIGTERM, its slow one. */
    private void interrupt(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LauncherException("cannot signal PostgreSQL, process " + postmaster.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!RecordedProcess.awaitExit(postmaster, STOP_LIMIT)) {
            throw new LauncherException("PostgreSQL, process %d, did not stop within %d s; see %s"
                    .formatted(postmaster.pid(), STOP_LIMIT.toSeconds(), logFile()));
        }
    }

    private void prepare(Optional<String> password) throws SQLException {
        createDatabase(password);
        // Also new files, which PostgreSQL makes so that everybody of this machine comes in.
        new ClientAuthentication(data).byPassword();
        reload(password.isPresent() ? password : secrets.kept(SUPERUSER));
    }

    private void createDatabase(Optional<String> password) throws SQLException {
        try (Connection connection = superuser(SUPERUSER, password).getConnection();
                Statement statement = connection.createStatement()) {
            if (password.isEmpty()) {
                // The new one counts from now on; it is kept only when it does.
                String fresh = DatabaseSecrets.draw();
                setPassword(statement, SUPERUSER, fresh);
                secrets.keep(SUPERUSER, fresh);
            }
            if (isMissing(connection, "select from pg_database where datname = ?", settings.databaseName())) {
                statement.execute("create database " + statement.enquoteIdentifier(settings.databaseName(), true));
            }
        }
        try (Connection connection =
                        superuser(settings.databaseName(), password).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists pg_stat_statements");
            createUsers(connection, statement);
        }
    }

    private void createUsers(Connection connection, Statement statement) throws SQLException {
        statement.execute(roles());
        for (DatabaseRole role : DatabaseRole.values()) {
            setPassword(statement, role.user(), secrets.password(role));
        }
        if (settings.hasOneDatabaseUser()) {
            String user = statement.enquoteIdentifier(settings.databaseUser(), true);
            if (isMissing(connection, "select from pg_roles where rolname = ?", settings.databaseUser())) {
                statement.execute("create role " + user + " login");
            }
            setPassword(statement, settings.databaseUser(), settings.databasePassword());
            statement.execute("grant mainstay_migrator to " + user);
        }
    }

    /** The server's log of statements that change the schema leaves this one out. */
    private static void setPassword(Statement statement, String user, String password) throws SQLException {
        statement.execute("set log_statement = none; alter role %s password %s; reset log_statement"
                .formatted(statement.enquoteIdentifier(user, true), statement.enquoteLiteral(password)));
    }

    private static String roles() {
        try (InputStream script = EmbeddedDatabase.class.getResourceAsStream("/db/roles.sql")) {
            if (script == null) {
                throw new LauncherException("db/roles.sql is not in the launcher; build it with ./mainstay up");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LauncherException("cannot read db/roles.sql", e);
        }
    }

    /** Returns when PostgreSQL has read its settings again: a connection that is made since tells when that was. */
    private void reload(Optional<String> password) throws SQLException {
        String before = superuserSays(password, "select pg_conf_load_time()::text || left(pg_reload_conf()::text, 0)");
        long deadlineNanos = System.nanoTime() + RELOAD_LIMIT.toNanos();
        while (superuserSays(password, "select pg_conf_load_time()::text").equals(before)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new LauncherException("PostgreSQL did not read its settings again within %d s; see %s"
                        .formatted(RELOAD_LIMIT.toSeconds(), logFile()));
            }
        }
    }

    private String superuserSays(Optional<String> password, String query) throws SQLException {
        try (Connection connection = superuser(SUPERUSER, password).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private PGSimpleDataSource superuser(String database, Optional<String> password) {
        PGSimpleDataSource superuser = new PGSimpleDataSource();
        superuser.setServerNames(new String[] {settings.databaseHost()});
        superuser.setPortNumbers(new int[] {port()});
        superuser.setDatabaseName(database);
        superuser.setUser(SUPERUSER);
        password.ifPresent(superuser::setPassword);
        return superuser;
    }

    private static boolean isMissing(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    /** What PostgreSQL itself writes down about its main process. */
    private record Postmaster(RecordedProcess process, int port) {

        private static final int LINES_NEEDED = 4;

        static Optional<Postmaster> of(Path data) {
            Path file = data.resolve("postmaster.pid");
            try {
                List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
                return lines.size() < LINES_NEEDED ? Optional.empty() : Optional.of(parse(lines));
            } catch (IOException e) {
                throw new LauncherException("cannot read " + file, e);
            }
        }

        private static Postmaster parse(List<String> lines) {
            return new Postmaster(
                    new RecordedProcess(
                            Long.parseLong(lines.get(0).strip()),
                            Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                            "postgres" + File.separator),
                    Integer.parseInt(lines.get(3).strip()));
        }
    }
}
