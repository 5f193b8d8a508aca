package io.mainstay.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Open Liberty with the application, and with the broker unless that is external.
 *
 * <p>It runs a copy of the packaged server, so that a build does not change what is running, in a session of its own,
 * so that Ctrl-C in the terminal does not reach it.
 */
final class LibertyServer {

    static final String SERVER_NAME = "mainstay";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final String COMMAND_MARK = "ws-server.jar";

    private final Installation installation;
    private final Settings settings;
    private final Path processFile;
    private final Path directory;

    LibertyServer(Installation installation, Settings settings) {
        this.installation = installation;
        this.settings = settings;
        this.processFile = settings.home().resolve("run/server.properties");
        this.directory = settings.home().resolve("server");
    }

    Optional<ProcessHandle> process() {
        return recorded()
                .flatMap(properties -> new RecordedProcess(
                                Long.parseLong(properties.getProperty("pid")),
                                Instant.ofEpochMilli(Long.parseLong(properties.getProperty("started"))),
                                COMMAND_MARK)
                        .find());
    }

    /** Where the running server was told to listen, whatever the settings say by now. */
    URI url() {
        return process()
                .flatMap(process -> recorded())
                .map(properties -> URI.create(properties.getProperty("url")))
                .orElseGet(settings::baseUrl);
    }

    /**
     * Starts the process; {@link Readiness} tells when it serves.
     *
     * @param databaseUsers variables that say as whom it works in the database
     */
    ProcessHandle start(int databasePort, Map<String, String> databaseUsers) {
        try {
            Files.createDirectories(settings.logDirectory());
            ProcessBuilder server = copyIsNew() ? command("run", "--clean") : command("run");
            server.environment().put("MAINSTAY_DB_PORT", Integer.toString(databasePort));
            server.environment().putAll(databaseUsers);
            ProcessHandle process = server.start().toHandle();
            record(process);
            return process;
        } catch (IOException e) {
            throw new LauncherException("cannot start the server in " + directory, e);
        }
    }

    /**
     * Asks the server to stop: application, then broker. Its own stop command is kinder than SIGTERM, after which the
     * JVM drops the log lines of the very beans that are stopping.
     */
    void stop() {
        process().ifPresent(process -> {
            if (!stopped(process)) {
                process.destroyForcibly();
                RecordedProcess.awaitExit(process, STOP_LIMIT);
                throw new LauncherException("the server, process %d, did not stop within %d s and was killed; see %s"
                        .formatted(process.pid(), STOP_LIMIT.toSeconds(), logFile()));
            }
        });
        forget();
    }

    void kill() {
        process().ifPresent(process -> {
            process.destroyForcibly();
            RecordedProcess.awaitExit(process, STOP_LIMIT);
        });
    }

    Path logFile() {
        return settings.logDirectory().resolve("messages.log");
    }

    /** Why the application did not start, if the server has said so; the deepest reason it names. */
    Optional<String> startFailure() {
        if (!isLogOfThisRun()) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(logFile(), StandardCharsets.UTF_8)) {
            return StartFailure.in(lines.toList());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The server moves the log of the run before away, but not at once. */
    private boolean isLogOfThisRun() {
        try {
            Instant written = Files.getLastModifiedTime(logFile()).toInstant();
            return process()
                    .flatMap(process -> process.info().startInstant())
                    .filter(written::isAfter)
                    .isPresent();
        } catch (IOException notThere) {
            return false;
        }
    }

    private boolean stopped(ProcessHandle process) {
        try {
            ProcessHandle command = command("stop").start().toHandle();
            if (!RecordedProcess.awaitExit(command, STOP_LIMIT)) {
                command.destroyForcibly();
            }
        } catch (IOException e) {
            throw new LauncherException("cannot run the server's stop command", e);
        }
        process.destroy();
        return RecordedProcess.awaitExit(process, STOP_LIMIT);
    }

    /**
     * Brings the copy up to the packaged server. A new one needs a clean start: the server keeps what it unpacked from
     * an archive while the entries' times are the same, and a reproducible build never changes those.
     */
    private boolean copyIsNew() throws IOException {
        if (FileTree.isCopy(installation.packagedServer(), configuration())) {
            return false;
        }
        FileTree.replace(installation.packagedServer(), configuration());
        return true;
    }

    private ProcessBuilder command(String action, String... options) {
        List<String> command = new ArrayList<>(Sessions.ownSession());
        command.addAll(List.of(installation.serverScript().toString(), action, SERVER_NAME));
        command.addAll(List.of(options));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        settings.logDirectory().resolve("console.log").toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = process.environment();
        environment.keySet().removeIf(key -> key.startsWith("WLP_") || key.startsWith("MAINSTAY_"));
        environment.putAll(settings.environment());
        environment.put("MAINSTAY_HOME", settings.home().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JVM_ARGS", JvmArguments.of(settings));
        environment.put("WLP_USER_DIR", directory.resolve("usr").toString());
        environment.put("WLP_OUTPUT_DIR", directory.resolve("output").toString());
        environment.put("LOG_DIR", settings.logDirectory().toString());
        return process;
    }

    private Path configuration() {
        return directory.resolve("usr/servers").resolve(SERVER_NAME);
    }

    private Optional<Properties> recorded() {
        if (!Files.exists(processFile)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(processFile)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new LauncherException("cannot read " + processFile, e);
        }
        return properties.containsKey("url") ? Optional.of(properties) : Optional.empty();
    }

    private void record(ProcessHandle process) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(process.pid()));
        properties.setProperty(
                "started",
                Long.toString(
                        process.info().startInstant().orElseGet(Instant::now).toEpochMilli()));
        properties.setProperty("url", settings.baseUrl().toString());
        Files.createDirectories(processFile.getParent());
        try (Writer writer = Files.newBufferedWriter(processFile)) {
            properties.store(writer, null);
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(processFile);
        } catch (IOException e) {
            throw new LauncherException("cannot delete " + processFile, e);
        }
    }
}
