package io.mainstay.verification.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code ./mainstay simulate}: runs seeds, some at a time, until one fails. */
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

    @Option(names = "--threads", description = "runs at a time (the number of processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seed", description = "run this seed alone and print the end of its trace")
    private @Nullable Long seed;

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<SagaMoment, Long> moments = new HashMap<>();
    private final Map<String, Long> endings = new TreeMap<>();
    private long steps;
    private long decided;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Simulate()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        long first = seed == null ? from : seed;
        long count = seed == null ? seeds : 1;
        ExecutorService runners = Executors.newFixedThreadPool(Math.max(1, threads));
        try {
            run(first, count, runners);
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof SimulationFailure failure) {
                System.err.println(failure.getMessage());
                return 1;
            }
            throw new IllegalStateException("the simulator itself failed", broken.getCause());
        } finally {
            runners.shutdownNow();
        }
        report();
        return 0;
    }

    /** Keeps so many runs waiting that no thread is without one. */
    private void run(long first, long count, ExecutorService runners) throws InterruptedException, ExecutionException {
        ExecutorCompletionService<Simulation.Result> running = new ExecutorCompletionService<>(runners);
        long startNanos = System.nanoTime();
        long saidNanos = startNanos;
        long submitted = 0;
        for (long done = 0; done < count; done++) {
            while (submitted < count && submitted < done + 2L * Math.max(1, threads)) {
                long next = first + submitted++;
                running.submit(() -> new Simulation(next, Ports.HONEST).run());
            }
            add(running.take().get());
            if (System.nanoTime() - saidNanos > PROGRESS_NANOS) {
                saidNanos = System.nanoTime();
                System.out.println(progress(done + 1, count, saidNanos - startNanos));
            }
        }
        System.out.println(progress(count, count, System.nanoTime() - startNanos));
    }

    private void add(Simulation.Result result) {
        steps += result.steps();
        decided += result.decided();
        result.trace().faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        result.moments().forEach((moment, count) -> moments.merge(moment, count, Long::sum));
        result.endings().forEach((ending, count) -> endings.merge(ending.toString(), count, Long::sum));
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
        System.out.println("sagas that have ended:");
        endings.forEach((ending, count) -> System.out.println("%,12d  %s".formatted(count, ending)));
        System.out.println("sagas that something broke in:");
        SagaMoment.all()
                .forEach(moment -> System.out.println("%,12d  %s".formatted(moments.getOrDefault(moment, 0L), moment)));
    }
}
