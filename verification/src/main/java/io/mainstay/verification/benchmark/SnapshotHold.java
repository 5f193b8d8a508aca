package io.mainstay.verification.benchmark;

import io.mainstay.engine.Engine;
import io.mainstay.engine.SnapshotKeeper;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether taking a snapshot holds a shard's commands: answers at a fixed rate, without and with a snapshot under way. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description =
                "Open accounts, begin commands at a fixed rate, and say how long answers take while no snapshot is"
                        + " taken and while one is. A hold would delay every command that was meant to begin during it.")
final class SnapshotHold implements Callable<Integer> {
    private static final int SECONDS_MAX = 600;
    private static final int WINDOW = 16_384;
    private static final long HOLD_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long BYSTANDER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Mixin
    private Workplace workplace = new Workplace();

    @Option(names = "--rate", paramLabel = "PER-SECOND", description = "commands begun; default: ${DEFAULT-VALUE}")
    private int rate = 1000;

    @Option(names = "--quiet", paramLabel = "SECONDS", description = "without a snapshot; default: ${DEFAULT-VALUE}")
    private int quietSeconds = 15;

    @Option(names = "--snapshots", paramLabel = "COUNT", description = "of each shard; default: ${DEFAULT-VALUE}")
    private int snapshots = 3;

    /** Another for each run: the same one would repeat the keys of the run before. */
    private long seed;

    @Override
    public Integer call() throws Exception {
        if (rate < 1 || quietSeconds < 1 || quietSeconds > SECONDS_MAX || snapshots < 1) {
            throw new IllegalArgumentException("a rate, seconds up to " + SECONDS_MAX + " and snapshots wanted");
        }
        seed = workplace.seed;
        Path directory = workplace.makeDirectory();
        try (LocalEngine local = LocalEngine.start(workplace.brokerXml, directory, workplace.config())) {
            measure(local, local.serve(logs -> logs));
        } finally {
            Workplace.delete(directory);
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(LocalEngine local, Engine engine) throws Exception {
        try {
            UUID[][] accounts = workplace.openAccounts(engine);
            SnapshotKeeper keeper = local.keeper(engine);
            takeAll(keeper);
            run(engine, accounts, "warm-up", () -> Thread.sleep(Duration.ofSeconds(quietSeconds)));
            run(engine, accounts, "quiet", () -> Thread.sleep(Duration.ofSeconds(quietSeconds)));
            for (int round = 0; round < snapshots; round++) {
                run(engine, accounts, "snapshot", () -> takeAll(keeper));
            }
            run(engine, accounts, "quiet", () -> Thread.sleep(Duration.ofSeconds(quietSeconds)));
        } finally {
            engine.stop();
        }
    }

    private void takeAll(SnapshotKeeper keeper) {
        for (int shard = 0; shard < workplace.shards; shard++) {
            keeper.keep(shard);
        }
    }

    private void run(Engine engine, UUID[][] accounts, String name, Phase phase) throws Exception {
        Generator generator =
                new Generator(engine, accounts, 0, WINDOW, TimeUnit.SECONDS.toNanos(1) / rate, new Transfers(++seed));
        Thread thread = new Thread(generator, "generator");
        thread.start();
        Thread.sleep(Duration.ofMillis(500));
        Bystander bystander = new Bystander();
        Thread idle = new Thread(bystander, "bystander");
        idle.start();
        long blockedBefore = shardBlockedMillis();
        long startNanos = System.nanoTime();
        generator.measure(true);
        phase.run();
        generator.measure(false);
        long blockedMillis = shardBlockedMillis() - blockedBefore;
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        generator.stop();
        bystander.stopping = true;
        idle.join();
        Histogram nanos = new Histogram(3);
        generator.addTo(nanos, nanos);
        System.out.printf(
                Locale.ROOT,
                "%-9s %6.2f s, %,d answers, refused %d: p50 %.3f ms, p99 %.3f, p99.9 %.3f, max %.3f, later than 10 ms %,d;"
                        + " a bystander was held p99.9 %.3f ms, max %.3f; the shards waited for locks %d ms%n",
                name,
                seconds,
                nanos.getTotalCount(),
                generator.refused(),
                millis(nanos, 50),
                millis(nanos, 99),
                millis(nanos, 99.9),
                millis(nanos, 100),
                nanos.getTotalCount() - nanos.getCountBetweenValues(0, HOLD_NANOS_MAX),
                millis(bystander.heldNanos, 99.9),
                millis(bystander.heldNanos, 100),
                blockedMillis);
    }

    /** Time that the shards' threads have waited for locks that others held. */
    private static long shardBlockedMillis() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.setThreadContentionMonitoringEnabled(true);
        long millis = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("mainstay-shard-")) {
                millis += Math.max(0, thread.getBlockedTime());
            }
        }
        return millis;
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }

    /**
     * A thread that wants to run a thousand times a second and knows neither shard nor snapshot: what holds it as well is
     * the machine or the collector, not a lock.
     */
    private static final class Bystander implements Runnable {
        private final Histogram heldNanos = new Histogram(3);
        private volatile boolean stopping;

        @Override
        public void run() {
            while (!stopping) {
                long untilNanos = System.nanoTime() + BYSTANDER_NANOS;
                LockSupport.parkNanos(BYSTANDER_NANOS);
                heldNanos.recordValue(Math.max(0, System.nanoTime() - untilNanos));
            }
        }
    }

    /** What goes on while answers are timed. */
    private interface Phase {
        void run() throws InterruptedException;
    }
}
