package io.mainstay.verification.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.engine.Engine;
import io.mainstay.engine.EngineConfig;
import io.mainstay.engine.SnapshotKeeper;
import io.mainstay.engine.SnapshotSchedule;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Transfers of 100 bytes through engine and broker in this JVM, every one synced to the disk before it is answered. */
@Command(
        name = "durable",
        mixinStandardHelpOptions = true,
        description = "Post transfers through the engine and its syncing broker in one JVM, then append the same frames"
                + " without the engine, and say how fast each was.")
final class DurableLoad implements Callable<Integer> {
    private static final int SECONDS_MAX = 600;

    /** What runs. */
    enum Mode {
        /** The engine, then the bare log with the engine's frame sizes. */
        both,
        engine,
        /** Frames of {@code --frame-bytes} without an engine. */
        bare
    }

    /** What becomes of the log that the broker retains. */
    enum Retention {
        /** It goes at once: the cost of truncation without snapshots. */
        discard,
        /** Snapshots, archive and truncation as in the server. */
        snapshots,
        /** It stays; beyond the broker's bound in memory messages are paged. */
        keep
    }

    @Mixin
    private Workplace workplace = new Workplace();

    @Option(names = "--mode", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Mode mode = Mode.both;

    @Option(
            names = "--generators",
            paramLabel = "COUNT",
            description = "threads that submit; default: ${DEFAULT-VALUE}")
    private int generators = 1;

    @Option(
            names = "--window",
            paramLabel = "COUNT",
            description = "commands under way at once for each generator, at most; default: ${DEFAULT-VALUE}")
    private int window = 16_384;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            description = "commands begun per second by all generators, latency from when each was meant to begin;"
                    + " default: as many as the window lets through")
    private int rate;

    @Option(
            names = "--cross-shard",
            paramLabel = "PERCENT",
            description = "of the transfers that go to an account of another shard; default: ${DEFAULT-VALUE}")
    private int crossPercent;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "not measured; default: ${DEFAULT-VALUE}")
    private int warmUpSeconds = 10;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "measured; default: ${DEFAULT-VALUE}")
    private int durationSeconds = 10;

    @Option(names = "--retention", description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Retention retention = Retention.discard;

    @Option(names = "--batch-max", paramLabel = "COUNT", description = "commands in a frame; default: ${DEFAULT-VALUE}")
    private int batchCountMax = ShardConfig.DEFAULT.batches().countMax();

    @Option(names = "--in-flight", paramLabel = "COUNT", description = "frames of a shard; default: ${DEFAULT-VALUE}")
    private int inFlightMax = ShardConfig.DEFAULT.batches().inFlightMax();

    @Option(names = "--keys", paramLabel = "COUNT", description = "remembered in a shard; default: ${DEFAULT-VALUE}")
    private int keysMax = ShardConfig.DEFAULT.keys().countMax();

    @Option(names = "--frame-bytes", paramLabel = "BYTES", description = "of --mode bare; default: ${DEFAULT-VALUE}")
    private int frameBytes = 256 * 1024;

    private Duration warmUp = Duration.ZERO;
    private Duration measured = Duration.ZERO;
    private long processorNanos;

    @Override
    public Integer call() throws Exception {
        if (warmUpSeconds < 0 || durationSeconds < 1 || warmUpSeconds + durationSeconds > SECONDS_MAX) {
            throw new IllegalArgumentException("at least 1 and at most " + SECONDS_MAX + " seconds wanted");
        }
        if (crossPercent < 0 || crossPercent > 100 || (crossPercent > 0 && workplace.shards < 2)) {
            throw new IllegalArgumentException("0 to 100 percent, and at least 2 shards, wanted");
        }
        warmUp = Duration.ofSeconds(warmUpSeconds);
        measured = Duration.ofSeconds(durationSeconds);
        Path directory = workplace.makeDirectory();
        try (LocalEngine local = LocalEngine.start(workplace.brokerXml, directory, config())) {
            if (mode == Mode.bare) {
                System.out.println(bare(local, new int[] {frameBytes}).journal("bare"));
                return CommandLine.ExitCode.OK;
            }
            return engine(local);
        } finally {
            Workplace.delete(directory);
        }
    }

    private EngineConfig config() {
        ShardConfig usual = ShardConfig.DEFAULT;
        return new EngineConfig(
                workplace.shards,
                65_536,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                new SnapshotSchedule(Duration.ofMinutes(5), 1_000_000),
                new ShardConfig(
                        new ShardConfig.BatchLimits(
                                batchCountMax,
                                usual.batches().bytesMax(),
                                inFlightMax,
                                ShardConfig.BatchLimits.DEFAULT.pipelineCountMin()),
                        new ShardConfig.KeyLimits(keysMax, usual.keys().ageMicrosMax())));
    }

    private int engine(LocalEngine local) throws Exception {
        List<LogMeter> meters = meters();
        Engine engine = local.serve(logs -> (shard, wakeUp) -> meters.get(shard).around(logs.open(shard, wakeUp)));
        Histogram latencyNanos = new Histogram(3);
        Histogram crossLatencyNanos = new Histogram(3);
        long refused = 0;
        String refusal = "";
        AutoCloseable retaining = retain(local, engine);
        try {
            UUID[][] accounts = workplace.openAccounts(engine);
            List<Generator> running = start(engine, accounts);
            Thread.sleep(warmUp);
            long startNanos = System.nanoTime();
            processorNanos = -processorNanos();
            running.forEach(generator -> generator.measure(true));
            meters.forEach(meter -> meter.measure(true));
            Thread.sleep(measured);
            running.forEach(generator -> generator.measure(false));
            meters.forEach(meter -> meter.measure(false));
            processorNanos += processorNanos();
            measured = Duration.ofNanos(System.nanoTime() - startNanos);
            for (Generator generator : running) {
                generator.stop();
                generator.addTo(latencyNanos, crossLatencyNanos);
                refused += generator.refused();
                refusal = generator.refusal();
            }
        } finally {
            retaining.close();
            engine.stop();
        }
        DurableReport report = DurableReport.of(meters, measured, processorNanos);
        System.out.println(report.commands(latencyNanos, crossLatencyNanos, refused, refusal));
        System.out.println(report.journal("journal"));
        if (mode == Mode.both) {
            measured = Duration.ofSeconds(durationSeconds);
            int[] sizes = meters.stream()
                    .flatMapToInt(meter -> IntStream.of(meter.sizes()))
                    .toArray();
            DurableReport bare = bare(local, sizes);
            System.out.println(bare.journal("bare"));
            System.out.printf(
                    Locale.ROOT,
                    "ratio     the engine wrote %.2f of what the bare log did%n",
                    report.bytesPerSecond() / bare.bytesPerSecond());
        }
        return refused == 0 && latencyNanos.getTotalCount() + crossLatencyNanos.getTotalCount() > 0
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private List<Generator> start(Engine engine, UUID[][] accounts) {
        long intervalNanos = rate == 0 ? 0 : 1_000_000_000L * generators / rate;
        List<Generator> running = new ArrayList<>();
        for (int index = 0; index < generators; index++) {
            Generator generator = new Generator(
                    engine, accounts, crossPercent, window, intervalNanos, new Transfers(workplace.seed + 1 + index));
            new Thread(generator, "generator-" + index).start();
            running.add(generator);
        }
        return running;
    }

    private DurableReport bare(LocalEngine local, int[] sizes) throws Exception {
        List<LogMeter> meters = meters();
        CountDownLatch begin = new CountDownLatch(1);
        List<BareLog> logs = IntStream.range(0, workplace.shards)
                .mapToObj(shard -> new BareLog(local.logs(), shard, sizes, inFlightMax, meters.get(shard), begin))
                .toList();
        List<Thread> threads =
                logs.stream().map(log -> new Thread(log, "bare-log")).toList();
        threads.forEach(Thread::start);
        for (BareLog log : logs) {
            log.awaitReady();
        }
        AutoCloseable retaining = retention == Retention.keep ? () -> {} : new Consumers(workplace.shards);
        try {
            begin.countDown();
            Thread.sleep(warmUp.dividedBy(2));
            long startNanos = System.nanoTime();
            processorNanos = -processorNanos();
            meters.forEach(meter -> meter.measure(true));
            Thread.sleep(measured);
            meters.forEach(meter -> meter.measure(false));
            processorNanos += processorNanos();
            measured = Duration.ofNanos(System.nanoTime() - startNanos);
            logs.forEach(BareLog::stop);
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(30));
            }
        } finally {
            retaining.close();
        }
        return DurableReport.of(meters, measured, processorNanos);
    }

    private AutoCloseable retain(LocalEngine local, Engine engine) throws Exception {
        return switch (retention) {
            case keep -> () -> {};
            case discard -> new Consumers(workplace.shards);
            case snapshots -> {
                SnapshotKeeper keeper = local.keeper(engine);
                Thread thread = new Thread(keeper, "snapshots");
                thread.start();
                yield () -> {
                    keeper.stop();
                    thread.join(Duration.ofSeconds(60));
                };
            }
        };
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private List<LogMeter> meters() {
        return Stream.generate(LogMeter::new).limit(workplace.shards).toList();
    }
}
