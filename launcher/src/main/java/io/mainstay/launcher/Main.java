package io.mainstay.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code ./mainstay} that start, stop and look at a Mainstay on this machine. */
@Command(name = "mainstay")
public final class Main {

    /** Held, because a logger nobody holds forgets its level. */
    private static final Logger POSTGRES_LOGGER = Logger.getLogger("io.zonky.test");

    private final PrintStream out;
    private final Settings settings;
    private final LocalMainstay mainstay;

    private Main(Installation installation, PrintStream out) {
        this.out = out;
        this.settings = Settings.from(System.getenv(), installation);
        this.mainstay = new LocalMainstay(installation, settings, out::println);
    }

    public static void main(String[] arguments) {
        POSTGRES_LOGGER.setLevel(Level.WARNING);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            return new CommandLine(new Main(Installation.find(), System.out))
                    .setExecutionExceptionHandler((exception, commandLine, parsed) -> explain(exception))
                    .execute(arguments);
        } catch (LauncherException e) {
            return explain(e);
        }
    }

    private static int explain(Exception exception) {
        System.err.println("mainstay: " + exception.getMessage());
        return (exception instanceof LauncherException known ? known.exitCode() : ExitCode.FAILED).number();
    }

    @Command(name = "up")
    int up(@Option(names = "--foreground") boolean foreground) throws IOException, InterruptedException {
        boolean started = mainstay.start();
        out.println(welcome(started));
        return foreground ? stayInForeground() : 0;
    }

    @Command(name = "down")
    int down() {
        boolean stopped = mainstay.stop();
        out.println(stopped ? "Mainstay is down; its data stays in " + mainstay.home() : "Mainstay is not running.");
        return 0;
    }

    @Command(name = "status")
    int status(@Option(names = "--json") boolean json) {
        StatusReport report = new StatusReport(mainstay.status());
        out.println(json ? report.json() : report.table());
        return report.isUp() ? 0 : ExitCode.NOT_RUNNING.number();
    }

    @Command(name = "logs")
    int logs(
            @Option(names = {"-f", "--follow"}) boolean follow,
            @Option(
                            names = {"-n", "--lines"},
                            defaultValue = "100")
                    int lineCount,
            @Parameters(arity = "0..1", defaultValue = "server") LogName name)
            throws IOException, InterruptedException {
        Path file = settings.logDirectory().resolve(name.fileName);
        if (!Files.exists(file)) {
            throw new LauncherException("no log yet: " + file);
        }
        LogTail tail = new LogTail(file, out);
        long position = tail.print(lineCount);
        if (follow) {
            tail.follow(position, () -> true);
        }
        return 0;
    }

    private int stayInForeground() throws IOException, InterruptedException {
        AtomicBoolean stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            mainstay.stop();
                        },
                        "mainstay-down"));
        out.println("\nCtrl-C stops it.\n");
        new LogTail(mainstay.serverLog(), out)
                .follow(0, () -> mainstay.serverProcess().isPresent());
        if (stopping.get()) {
            return 0;
        }
        throw new LauncherException("the server ended by itself; see " + mainstay.serverLog());
    }

    private String welcome(boolean started) {
        URI url = mainstay.baseUrl();
        return """

                Mainstay is %s.
                  API      %s/v1
                  OpenAPI  %s/openapi/ui/
                  Health   %s/health
                  Metrics  %s/metrics
                  Data     %s

                Open an account:
                  curl -i %s/v1/accounts -H 'Content-Type: application/json' -H 'Idempotency-Key: %s' -d '{"asset":"EUR","minBalanceMinor":null}'""".formatted(
                started ? "up" : "already running", url, url, url, url, mainstay.home(), url, UUID.randomUUID());
    }

    /** The logs of a home, by the part that writes them. */
    enum LogName {
        server("messages.log"),
        console("console.log"),
        postgresql("postgresql.log"),
        build("build.log");

        private final String fileName;

        LogName(String fileName) {
            this.fileName = fileName;
        }
    }
}
