package io.mainstay.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One Mainstay on this machine: its database and its server, in one home.
 *
 * <p>Starting is idempotent and starts only what does not run, so it also repairs after a crash. What a failed start
 * has started it stops again.
 */
public final class LocalMainstay implements AutoCloseable {

    private final Settings settings;
    private final Progress progress;
    private final HomeLock lock;
    private final EmbeddedDatabase database;
    private final LibertyServer server;

    public LocalMainstay(Installation installation, Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.lock = new HomeLock(settings.home(), progress);
        this.database = new EmbeddedDatabase(settings);
        this.server = new LibertyServer(installation, settings);
    }

    /** For tests: in {@code home}, on free ports unless {@code environment} names them. */
    public static LocalMainstay onFreePorts(Path home, Map<String, String> environment) {
        Map<String, String> complete = new HashMap<>(environment);
        complete.computeIfAbsent("MAINSTAY_HTTP_PORT", key -> Integer.toString(Ports.free()));
        complete.computeIfAbsent("MAINSTAY_DB_PORT", key -> Integer.toString(Ports.free()));
        return new LocalMainstay(Installation.find(), new Settings(home, complete), line -> {});
    }

    /** Returns when the server is ready; whether there was anything to start. */
    public boolean start() {
        return lock.during(() -> {
            if (isReady()) {
                return false;
            }
            requireFreePorts();
            startOrNothing();
            return true;
        });
    }

    /** Server, then database; whether there was anything to stop. */
    public boolean stop() {
        return lock.during(() -> {
            boolean running = status().stream().anyMatch(part -> part.pid().isPresent());
            stopParts();
            return running;
        });
    }

    /** As by {@code kill -9}: the process gets no chance to tidy up. */
    public void killServer() {
        server.kill();
    }

    public long serverPid() {
        return server.process()
                .orElseThrow(() -> new LauncherException(ExitCode.NOT_RUNNING, "the server is not running"))
                .pid();
    }

    public Optional<ProcessHandle> serverProcess() {
        return server.process();
    }

    public URI baseUrl() {
        return server.url();
    }

    public String jdbcUrl() {
        return settings.databaseIsExternal() ? settings.jdbcUrl(settings.databasePort()) : database.jdbcUrl();
    }

    public Path home() {
        return settings.home();
    }

    /** The server's log. */
    public Path serverLog() {
        return server.logFile();
    }

    public List<PartStatus> status() {
        return List.of(databaseStatus(), brokerStatus(), serverStatus());
    }

    @Override
    public void close() {
        stop();
    }

    private boolean isReady() {
        return status().stream().allMatch(PartStatus::isUp);
    }

    private void requireFreePorts() {
        if (!settings.databaseIsExternal() && database.process().isEmpty()) {
            Ports.requireFree("PostgreSQL", settings.databaseHost(), settings.databasePort(), "MAINSTAY_DB_PORT");
        }
        if (server.process().isEmpty()) {
            Ports.requireFree("the server", settings.httpHost(), settings.httpPort(), "MAINSTAY_HTTP_PORT");
        }
    }

    /** Ctrl-C in the middle leaves nothing half started either. */
    private void startOrNothing() {
        Thread interrupted = new Thread(this::stopParts, "mainstay-interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        startServer(startDatabase());
        Runtime.getRuntime().removeShutdownHook(interrupted);
    }

    private void stopParts() {
        stopServer();
        stopDatabase();
    }

    private boolean startDatabase() {
        if (settings.databaseIsExternal()) {
            return false;
        }
        if (database.process().isPresent()) {
            database.adopt();
            return false;
        }
        long startNanos = System.nanoTime();
        progress.say("PostgreSQL  " + (database.isNew() ? "starting, creating its files first" : "starting"));
        database.start();
        progress.say("PostgreSQL  ready on port %d after %s".formatted(database.port(), secondsSince(startNanos)));
        return true;
    }

    private void startServer(boolean databaseStarted) {
        long startNanos = System.nanoTime();
        boolean serverStarted = server.process().isEmpty();
        progress.say("Server      starting");
        try {
            ProcessHandle process = server.process().orElseGet(() -> server.start(databasePort(), databaseUsers()));
            new Readiness(server.url()).await(process, server::startFailure, settings.startLimit(), progress);
        } catch (LauncherException e) {
            if (serverStarted) {
                stopServer();
            }
            if (databaseStarted) {
                stopDatabase();
            }
            throw new LauncherException(e.getMessage() + "; see " + server.logFile(), e);
        }
        progress.say(
                "Server      ready on port %d after %s".formatted(server.url().getPort(), secondsSince(startNanos)));
    }

    private int databasePort() {
        return settings.databaseIsExternal() ? settings.databasePort() : database.port();
    }

    private Map<String, String> databaseUsers() {
        return settings.databaseIsExternal() ? Map.of() : database.users();
    }

    private void stopServer() {
        if (server.process().isPresent()) {
            progress.say("Server      stopping");
        }
        server.stop();
    }

    private void stopDatabase() {
        if (database.process().isPresent()) {
            progress.say("PostgreSQL  stopping");
            database.stop();
        }
    }

    private PartStatus databaseStatus() {
        return settings.databaseIsExternal()
                ? PartStatus.absent("postgresql", PartStatus.State.EXTERNAL)
                : PartStatus.of("postgresql", database.process(), OptionalInt.of(database.port()));
    }

    /** The embedded broker lives in the server's process and has no port. */
    private PartStatus brokerStatus() {
        return settings.brokerIsExternal()
                ? PartStatus.absent("broker", PartStatus.State.EXTERNAL)
                : PartStatus.of("broker", server.process(), OptionalInt.empty());
    }

    private PartStatus serverStatus() {
        return server.process()
                .map(process -> PartStatus.running(
                        "server",
                        new Readiness(server.url()).isReady() ? PartStatus.State.RUNNING : PartStatus.State.STARTING,
                        process,
                        OptionalInt.of(server.url().getPort())))
                .orElseGet(() -> PartStatus.absent("server", PartStatus.State.STOPPED));
    }

    private static String secondsSince(long startNanos) {
        return "%.1f s"
                .formatted(Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0);
    }
}
