package io.mainstay.verification.audit;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./mainstay rebuild}: has a server make a target's tables anew, and watches. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "Makes the tables of a projection target anew from archive and log, beside those in force, compares both, and"
                        + " puts the new ones in the place of the old ones, while commands, projection and reads go on.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; or, with --status, --cancel or --no-wait, what was asked for is",
            "1:failed or cancelled, or another one is under way",
            "2:the command line is wrong",
            "3:the server does not run"
        })
public final class Rebuild implements Callable<Integer> {
    private static final String PATH = "/v1/operations/rebuild";
    private static final String TARGET_DEFAULT = "sql";
    private static final int NOT_RUNNING = 3;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    /** A server that was restarted goes on with it by itself. */
    private static final Duration ABSENCE_MAX = Duration.ofMinutes(5);

    @Option(
            names = "--url",
            defaultValue = "${env:MAINSTAY_URL:-http://127.0.0.1:9080}",
            paramLabel = "URL",
            description = "the server; default: $MAINSTAY_URL, else http://127.0.0.1:9080")
    private URI url = URI.create("http://127.0.0.1:9080");

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "the target; default: " + TARGET_DEFAULT + ", with --status all")
    private @Nullable String target;

    @ArgGroup
    private @Nullable Instead instead;

    @Option(names = "--json", description = "print the server's last answer as it is, and no progress")
    private boolean json;

    static final class Instead {
        @Option(names = "--status", description = "only tell how far the last rebuild of each target is")
        private boolean status;

        @Option(names = "--cancel", description = "break off the one that is under way; the tables stay as they are")
        private boolean cancel;

        @Option(names = "--no-wait", description = "begin, and do not wait for the end")
        private boolean noWait;
    }

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new Rebuild())
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    System.err.println("rebuild: " + failure.getMessage());
                    return failure instanceof IllegalArgumentException
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ServerOperations server = new ServerOperations(url)) {
            if (instead != null && instead.status) {
                tellAll(server);
                return CommandLine.ExitCode.OK;
            }
            if (instead != null && instead.cancel) {
                tell(ask(server, "DELETE"));
                return CommandLine.ExitCode.OK;
            }
            RebuildProgress begun = ask(server, "POST");
            if (instead != null && instead.noWait) {
                tell(begun);
                return CommandLine.ExitCode.OK;
            }
            RebuildProgress ended = watch(server, begun);
            tell(ended);
            return ended.isDone() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (ConnectException | HttpConnectTimeoutException refused) {
            System.err.println("rebuild: no server answers at " + url);
            return NOT_RUNNING;
        }
    }

    private RebuildProgress ask(ServerOperations server, String method) throws IOException, InterruptedException {
        String name = URLEncoder.encode(target == null ? TARGET_DEFAULT : target, StandardCharsets.UTF_8);
        return new RebuildProgress(
                server.ask(method, PATH + "?target=" + name, ANSWER_MAX).json());
    }

    private void tellAll(ServerOperations server) throws IOException, InterruptedException {
        List<RebuildProgress> all = all(server).stream()
                .filter(rebuild -> target == null || rebuild.target().equals(target))
                .toList();
        all.forEach(this::tell);
        if (all.isEmpty() && !json) {
            System.out.println("Nothing was rebuilt yet.");
        }
    }

    private void tell(RebuildProgress rebuild) {
        System.out.println(json ? rebuild.status().toString() : rebuild.text());
    }

    private RebuildProgress watch(ServerOperations server, RebuildProgress begun)
            throws IOException, InterruptedException {
        Thread farewell = Thread.ofPlatform()
                .unstarted(() -> System.err.printf(
                        "%nThe rebuild goes on without you: ./mainstay rebuild --status tells how far it is,"
                                + " ./mainstay rebuild --cancel --target %s breaks it off.%n",
                        begun.target()));
        Runtime.getRuntime().addShutdownHook(farewell);
        try (ProgressLine line = new ProgressLine(!json, Boolean.getBoolean("mainstay.terminal"))) {
            RebuildProgress last = begun;
            long lastNanos = System.nanoTime();
            while (!last.isEnded()) {
                Thread.sleep(LOOK_INTERVAL);
                RebuildProgress next = look(server, begun.id(), last);
                long nanos = System.nanoTime();
                line.show(next.line(next.rowsPerSecondSince(last, nanos - lastNanos)));
                last = next;
                lastNanos = nanos;
            }
            return last;
        } finally {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
    }

    /** The one with this id; {@link IOException} if the server has not told for long. */
    private static RebuildProgress look(ServerOperations server, String id, RebuildProgress last)
            throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + ABSENCE_MAX.toNanos();
        while (true) {
            try {
                return all(server).stream()
                        .filter(rebuild -> rebuild.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "another rebuild of target " + last.target() + " has begun since; --status tells"));
            } catch (IOException away) {
                if (System.nanoTime() - endNanos > 0) {
                    throw away;
                }
                Thread.sleep(LOOK_INTERVAL);
            }
        }
    }

    private static List<RebuildProgress> all(ServerOperations server) throws IOException, InterruptedException {
        return server
                .ask("GET", PATH, ANSWER_MAX)
                .json()
                .getJsonArray("rebuilds")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(RebuildProgress::new)
                .toList();
    }

    /** One line of a terminal that is written again and again, or a line each. */
    private record ProgressLine(boolean visible, boolean terminal) implements AutoCloseable {
        private static final String ERASE = "\r\u001b[K";

        void show(String text) {
            if (visible && terminal) {
                System.out.print(ERASE + text);
                System.out.flush();
            } else if (visible) {
                System.out.println(text);
            }
        }

        @Override
        public void close() {
            if (visible && terminal) {
                System.out.print(ERASE);
                System.out.flush();
            }
        }
    }
}
