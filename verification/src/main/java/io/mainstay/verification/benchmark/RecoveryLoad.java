package io.mainstay.verification.benchmark;

import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.engine.Engine;
import io.mainstay.engine.SnapshotKeeper;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long memory takes to come back from snapshot and log, and how much of it an account and a key take. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description = "Open accounts, take a snapshot, post transfers, stop all; then time the start of broker and"
                + " engine. Weigh accounts and remembered keys.")
final class RecoveryLoad implements Callable<Integer> {
    private static final int WINDOW = 16_384;
    private static final Duration LOOK = Duration.ofMillis(2);

    @Mixin
    private Workplace workplace = new Workplace();

    @Option(
            names = "--commands",
            paramLabel = "COUNT",
            description = "in the log behind the snapshot, about; 0: only weigh; default: ${DEFAULT-VALUE}")
    private int commands = 1_000_000;

    @Option(names = "--weighed", paramLabel = "COUNT", description = "accounts; default: ${DEFAULT-VALUE}")
    private int weighed = 500_000;

    @Option(
            names = "--weighed-keys",
            paramLabel = "COUNT",
            description = "remembered keys, and transfers; default: ${DEFAULT-VALUE}")
    private int weighedKeys = 500_000;

    @Override
    public Integer call() throws Exception {
        weigh();
        if (commands == 0) {
            return CommandLine.ExitCode.OK;
        }
        Path directory = workplace.makeDirectory();
        try {
            fill(directory);
            recover(directory);
        } finally {
            Workplace.delete(directory);
        }
        return CommandLine.ExitCode.OK;
    }

    private void fill(Path directory) throws Exception {
        try (LocalEngine local = LocalEngine.start(workplace.brokerXml, directory, workplace.config())) {
            Engine engine = local.serve(logs -> logs);
            try {
                UUID[][] accounts = workplace.openAccounts(engine);
                SnapshotKeeper keeper = local.keeper(engine);
                for (int shard = 0; shard < workplace.shards; shard++) {
                    keeper.keep(shard);
                    keeper.keep(shard);
                }
                long before = executed(engine);
                Generator generator = new Generator(engine, accounts, 0, WINDOW, 0, new Transfers(workplace.seed + 1));
                Thread thread = new Thread(generator, "generator");
                thread.start();
                while (executed(engine) - before < commands && thread.isAlive()) {
                    Thread.sleep(LOOK);
                }
                generator.stop();
                if (generator.refused() > 0) {
                    throw new IllegalStateException("commands were refused: " + generator.refusal());
                }
            } finally {
                engine.stop();
            }
        }
    }

    private void recover(Path directory) throws Exception {
        long startNanos = System.nanoTime();
        try (LocalEngine local = LocalEngine.start(workplace.brokerXml, directory, workplace.config())) {
            long brokerNanos = System.nanoTime() - startNanos;
            startNanos = System.nanoTime();
            Engine engine = local.serve(logs -> logs);
            long engineNanos = System.nanoTime() - startNanos;
            long replayed =
                    engine.status().stream().mapToLong(ShardStatus::replayed).sum();
            engine.stop();
            System.out.printf(
                    Locale.ROOT,
                    "recovery  %,d accounts from snapshots and %,d commands from the log on %d shards: broker %.2f s,"
                            + " engine %.2f s (%,.0f commands/s)%n",
                    workplace.accounts,
                    replayed,
                    workplace.shards,
                    brokerNanos / 1e9,
                    engineNanos / 1e9,
                    replayed * 1e9 / engineNanos);
        }
    }

    /** By the heap's use after a collection, with and without them. */
    private void weigh() {
        long empty = usedBytes();
        LoneShard accounts = new LoneShard(weighed, keys(1));
        long withAccounts = usedBytes();
        System.out.printf(
                Locale.ROOT,
                "memory    %.0f bytes an account, with its place in the directory%n",
                each(withAccounts - empty, weighed));
        for (int index = 0; index < weighedKeys; index++) {
            accounts.offerTransfer();
            accounts.work();
        }
        long withTransfers = usedBytes();
        System.out.printf(
                Locale.ROOT,
                "memory    %.0f bytes a remembered transfer id%n",
                each(withTransfers - withAccounts, weighedKeys));
        LoneShard keys = new LoneShard(2, keys(weighedKeys + 2));
        long before = usedBytes();
        for (int index = 0; index < weighedKeys; index++) {
            keys.offerTransfer();
            keys.work();
        }
        System.out.printf(
                Locale.ROOT,
                "memory    %.0f bytes a remembered key with its answer and its place in the directory%n",
                each(usedBytes() - before - (withTransfers - withAccounts), weighedKeys));
        // Used once more: what is not used any more may be collected before it is weighed.
        accounts.work();
        keys.work();
    }

    private static double each(long bytes, int count) {
        return bytes / (double) count;
    }

    private static ShardConfig keys(int keysMax) {
        ShardConfig usual = ShardConfig.DEFAULT;
        return new ShardConfig(
                new ShardConfig.BatchLimits(
                        usual.batches().countMax(),
                        usual.batches().bytesMax(),
                        usual.batches().inFlightMax(),
                        ShardConfig.BatchLimits.DEFAULT.pipelineCountMin()),
                new ShardConfig.KeyLimits(keysMax, usual.keys().ageMicrosMax()));
    }

    private static long usedBytes() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long executed(Engine engine) {
        return engine.status().stream().mapToLong(ShardStatus::nextOffset).sum();
    }
}
