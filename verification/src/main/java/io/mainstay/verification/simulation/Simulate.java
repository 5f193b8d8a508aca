package io.mainstay.verification.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./mainstay simulate}: runs seeds one after the other until one fails. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs the engine's shards under virtual time over logs that fail, one seed a run.")
public final class Simulate implements Callable<Integer> {
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    @Option(names = "--seeds", defaultValue = "1000", description = "runs (${DEFAULT-VALUE})")
    private long seeds;

    @Option(names = "--from", defaultValue = "0", description = "first seed (${DEFAULT-VALUE})")
    private long from;

    @Option(names = "--seed", description = "run this seed alone and print the end of its trace")
    private @Nullable Long seed;

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long steps;
    private long decided;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Simulate()).execute(args));
    }

    @Override
    public Integer call() {
        long first = seed == null ? from : seed;
        long count = seed == null ? seeds : 1;
        long startNanos = System.nanoTime();
        long saidNanos = startNanos;
        try {
            for (long done = 0; done < count; done++) {
                add(new Simulation(first + done, Ports.HONEST).run());
                if (System.nanoTime() - saidNanos > PROGRESS_NANOS) {
                    saidNanos = System.nanoTime();
                    System.out.println(progress(done + 1, count, saidNanos - startNanos));
                }
            }
        } catch (SimulationFailure failure) {
            System.err.println(failure.getMessage());
            return 1;
        }
        System.out.println(progress(count, count, System.nanoTime() - startNanos));
        report();
        return 0;
    }

    private void add(Simulation.Result result) {
        steps += result.steps();
        decided += result.decided();
        result.trace().faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        if (seed != null) {
            result.trace().tail().forEach(System.out::println);
            System.out.println("trace %016x".formatted(result.trace().hash()));
        }
    }

    private static String progress(long done, long count, long nanos) {
        return "%d of %d seeds, %.0f seeds/s".formatted(done, count, done / (nanos / 1e9));
    }

    private void report() {
        System.out.println("every invariant held in %d steps with %d answers out of logs".formatted(steps, decided));
        faults.forEach((fault, count) -> System.out.println("%,12d  %s".formatted(count, fault)));
    }
}
