package io.mainstay.verification.benchmark;

import io.mainstay.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one tenant's flood does to the answers of another, who begins commands at a fixed rate. */
@Command(
        name = "tenants",
        mixinStandardHelpOptions = true,
        description =
                "Begin one tenant's transfers at a fixed rate, and say how long answers take while it is alone and"
                        + " while another tenant posts as fast as it is answered, in turn.")
final class TenantFlood implements Callable<Integer> {
    private static final int SECONDS_MAX = 600;
    private static final int WINDOW = 16_384;
    private static final String MODEST = "modest";
    private static final String FLOODING = "flooding";

    @Mixin
    private Workplace workplace = new Workplace();

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            description = "the modest tenant's transfers; default: ${DEFAULT-VALUE}")
    private int rate = 1000;

    @Option(
            names = "--callers",
            paramLabel = "COUNT",
            description =
                    "of the flooding tenant, each of whom asks again when it is answered; default: ${DEFAULT-VALUE}")
    private int callers = 50_000;

    @Option(
            names = "--flood-rate",
            paramLabel = "PER-SECOND",
            description = "the flooding tenant's transfers, as a quota would let through; 0, the default: all it can")
    private int floodRate;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "of each phase; default: ${DEFAULT-VALUE}")
    private int warmUpSeconds = 5;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "of each phase; default: ${DEFAULT-VALUE}")
    private int seconds = 10;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description = "alone, and beside the flood; default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    private long seed;

    @Override
    public Integer call() throws Exception {
        if (rate < 1
                || callers < 1
                || floodRate < 0
                || rounds < 1
                || warmUpSeconds < 0
                || seconds < 1
                || seconds > SECONDS_MAX) {
            throw new IllegalArgumentException("a rate, callers, rounds and seconds up to " + SECONDS_MAX + " wanted");
        }
        seed = workplace.seed;
        Path directory = workplace.makeDirectory();
        int refused = 0;
        try (LocalEngine local = LocalEngine.start(workplace.brokerXml, directory, workplace.config())) {
            Engine engine = local.serve(logs -> logs);
            try {
                UUID[][] modest = workplace.openAccounts(engine, MODEST, ++seed);
                UUID[][] flooding = workplace.openAccounts(engine, FLOODING, ++seed);
                for (int round = 0; round < rounds; round++) {
                    Phase alone = run(engine, modest, null);
                    System.out.println(alone.line("alone"));
                    Phase beside = run(engine, modest, flooding);
                    System.out.println(beside.line("flooded"));
                    System.out.printf(
                            Locale.ROOT,
                            "factor    p50 %.2f, p99 %.2f; beside %,.0f transfers/s of the other tenant%n",
                            beside.nanos().getValueAtPercentile(50)
                                    / (double) alone.nanos().getValueAtPercentile(50),
                            beside.nanos().getValueAtPercentile(99)
                                    / (double) alone.nanos().getValueAtPercentile(99),
                            beside.floodedPerSecond());
                    refused += alone.refused() + beside.refused();
                }
            } finally {
                engine.stop();
            }
        } finally {
            Workplace.delete(directory);
        }
        return refused == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** What the modest tenant saw. */
    private record Phase(Histogram nanos, int refused, double floodedPerSecond) {
        String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-9s %,d answers, refused %d: p50 %.3f ms, p90 %.3f, p99 %.3f, p99.9 %.3f, max %.3f",
                    name,
                    nanos.getTotalCount(),
                    refused,
                    millis(50),
                    millis(90),
                    millis(99),
                    millis(99.9),
                    millis(100));
        }

        private double millis(double percentile) {
            return nanos.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private Phase run(Engine engine, UUID[][] modest, UUID @Nullable [][] flooding) throws InterruptedException {
        Generator flood = flooding == null
                ? null
                : new Generator(engine, flooding, 0, callers, interval(floodRate), new Transfers(FLOODING, ++seed));
        if (flood != null) {
            new Thread(flood, "flood").start();
        }
        Generator generator = new Generator(engine, modest, 0, WINDOW, interval(rate), new Transfers(MODEST, ++seed));
        new Thread(generator, "generator").start();
        Thread.sleep(Duration.ofSeconds(warmUpSeconds));
        measure(true, generator, flood);
        Thread.sleep(Duration.ofSeconds(seconds));
        measure(false, generator, flood);
        generator.stop();
        if (flood != null) {
            flood.stop();
        }
        return new Phase(nanosOf(generator), generator.refused(), flood == null ? 0 : answered(flood));
    }

    /** Nanoseconds between two beginnings; 0 for as many as are answered. */
    private static long interval(int perSecond) {
        return perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    private static void measure(boolean now, Generator generator, @Nullable Generator flood) {
        generator.measure(now);
        if (flood != null) {
            flood.measure(now);
        }
    }

    private double answered(Generator flood) {
        return nanosOf(flood).getTotalCount() / (double) seconds;
    }

    private static Histogram nanosOf(Generator generator) {
        Histogram nanos = new Histogram(3);
        generator.addTo(nanos, nanos);
        return nanos;
    }
}
