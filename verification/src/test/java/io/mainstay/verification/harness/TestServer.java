package io.mainstay.verification.harness;

import io.mainstay.client.ClientConfig;
import io.mainstay.client.MainstayClient;
import io.mainstay.client.Retry;
import io.mainstay.launcher.LauncherException;
import io.mainstay.launcher.LocalMainstay;
import io.mainstay.launcher.PartStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The packaged server and its PostgreSQL, as processes of their own on free ports, with an empty home.
 *
 * <p>The home stays after the test, with the logs, until the next run.
 */
public final class TestServer implements AutoCloseable {
    private static final Path HOMES = Path.of("target", "homes");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalMainstay mainstay;

    private TestServer(LocalMainstay mainstay) {
        this.mainstay = mainstay;
    }

    /** A running server with a home of the given name. */
    public static TestServer start(String name) {
        return start(name, Map.of());
    }

    /** A running server with further settings, as environment variables. */
    public static TestServer start(String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("MAINSTAY_HEAP", "1g");
        Path home = HOMES.resolve(name).toAbsolutePath();
        delete(home);
        TestServer server = new TestServer(LocalMainstay.onFreePorts(home, environment));
        try {
            server.start();
        } catch (LauncherException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Starts what does not run and returns when the server is ready. */
    public void start() {
        mainstay.start();
    }

    /** Stops server and database in order. */
    public void stop() {
        mainstay.stop();
    }

    /** As by {@code kill -9}. */
    public void kill() {
        mainstay.killServer();
    }

    /** Kills PostgreSQL alone, as by {@code kill -9}; {@link #start} starts it again. Its children end by themselves. */
    public void killDatabase() throws InterruptedException {
        ProcessHandle postgres = postgres();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postgres), postgres.descendants()).toList();
        postgres.destroyForcibly();
        for (ProcessHandle process : all) {
            try {
                process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("process " + process.pid() + " of PostgreSQL goes on", e);
            }
        }
    }

    private ProcessHandle postgres() {
        return mainstay.status().stream()
                .filter(part -> part.name().equals("postgresql"))
                .map(PartStatus::pid)
                .mapToLong(pid -> pid.orElseThrow(() -> new IllegalStateException("PostgreSQL does not run")))
                .mapToObj(pid -> ProcessHandle.of(pid).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    /** Stops PostgreSQL alone; {@link #start} starts it again. */
    public void stopDatabase() throws IOException, InterruptedException {
        ProcessHandle postgres = postgres();
        // SIGINT is PostgreSQL's fast shutdown.
        new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid()))
                .start()
                .waitFor();
        try {
            postgres.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("PostgreSQL does not stop", e);
        }
    }

    public URI url() {
        return mainstay.baseUrl();
    }

    public Path log() {
        return mainstay.serverLog();
    }

    public Http http() {
        return new Http(url());
    }

    public MainstayClient client(Retry retry) {
        return new MainstayClient(ClientConfig.of(url()).retrying(retry));
    }

    public Connection database() throws SQLException {
        return DriverManager.getConnection(mainstay.jdbcUrl());
    }

    @Override
    public void close() {
        mainstay.close();
    }

    private static void delete(Path home) {
        if (!Files.exists(home)) {
            return;
        }
        // A run that was cut off may have left its processes behind.
        LocalMainstay.onFreePorts(home, Map.of()).close();
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + home, e);
        }
    }
}
