package io.mainstay.verification.audit;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.LogVerifier;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.engine.EngineConfig;
import io.mainstay.engine.ReplayLogger;
import io.mainstay.engine.ShardFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./mainstay verify}: checks a home's logs, archives and snapshots against each other. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks every frame of archive and live log (checksum, chain, sequence, offsets), replays them, and"
                        + " compares the state with every snapshot.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is good", "1:something is damaged, or cannot be read", "2:the command line is wrong"})
public final class Verify implements Callable<Integer> {
    /** Held, so that its level lasts: the broker tells a lot about itself. */
    private static final Logger ROOT = Logger.getLogger("");

    @Option(names = "--home", required = true, description = "the directory with archive, snapshots and broker")
    private Path home = Path.of("var");

    @Option(
            names = "--broker-xml",
            defaultValue = "${sys:mainstay.root:-..}/artemis-config/embedded/broker.xml",
            description = "configuration of the home's broker (${DEFAULT-VALUE})")
    private Path brokerXml = Path.of("broker.xml");

    @Option(
            names = "--archive-only",
            description = "leave the live log alone: the server runs, or its broker is elsewhere")
    private boolean archiveOnly;

    @Option(names = "--shard", description = "this one alone; else all")
    private @Nullable Integer shard;

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        ROOT.setLevel(Level.SEVERE);
        return new CommandLine(new Verify())
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    System.err.println("verify: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        Path broker = home.resolve("broker");
        if (archiveOnly || !Files.isDirectory(broker)) {
            System.out.println(
                    "The live log is not read" + (archiveOnly ? "." : ": there is no broker in " + home + "."));
            return verify(shardsWithFiles(), number -> new NoLiveLog());
        }
        try (HomeBroker running = HomeBroker.start(brokerXml, broker)) {
            return verify(running.shards(), running::retained);
        }
    }

    private int verify(int shards, IntFunction<RetainedLog> live) {
        if (shard != null && (shard < 0 || shard >= shards)) {
            throw new IllegalArgumentException(
                    "--shard is " + shard + "; " + home + " has shards 0 to " + (shards - 1));
        }
        ShardConfig config = EngineConfig.from(Verify::setting).shard();
        Domains domains = Domains.load(Verify.class.getClassLoader());
        boolean good = true;
        for (int number = shard == null ? 0 : shard; number < (shard == null ? shards : shard + 1); number++) {
            ShardFiles files = ShardFiles.in(home, number);
            VerifyReport report = new LogVerifier(
                            new ShardLog(number, files.archive(), live.apply(number)),
                            config,
                            domains,
                            files.snapshots(),
                            new ReplayLogger(
                                    "shard " + number, files.reached().read(), System::nanoTime, System.out::println))
                    .verify();
            System.out.println(report.text());
            good &= report.isGood();
        }
        System.out.println(good ? "All is good: %d shards.".formatted(shards) : "Something is DAMAGED; see above.");
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** The server's own settings: they bound what a shard remembers. */
    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name.replace('.', '_').toUpperCase(Locale.ROOT)));
    }

    private int shardsWithFiles() throws IOException {
        int shards = 0;
        for (String kind : new String[] {"archive", "snapshots"}) {
            Path directory = home.resolve(kind);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    shards = Math.max(
                            shards,
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.matches("shard-\\d{1,3}"))
                                    .mapToInt(name -> Integer.parseInt(name.substring("shard-".length())) + 1)
                                    .max()
                                    .orElse(0));
                }
            }
        }
        if (shards == 0) {
            throw new IllegalArgumentException(home + " holds neither archive nor snapshots");
        }
        return shards;
    }
}
