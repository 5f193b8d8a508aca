package io.mainstay.verification.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks with their own brief settings. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description = "Time parts of the engine alone: the ledger, a frame, a shard over a log that costs nothing.")
final class JmhRun implements Callable<Integer> {
    @Parameters(
            paramLabel = "BENCHMARK",
            arity = "0..*",
            description = "regular expressions of the benchmarks to run; default: all",
            defaultValue = "io.mainstay")
    private List<String> benchmarks = List.of();

    @Option(names = "--forks", paramLabel = "COUNT", description = "JVMs for each; 0: in this one; default: 1")
    private int forks = 1;

    @Option(names = "--iterations", paramLabel = "COUNT", description = "measured ones; default: the benchmark's own")
    private int iterations;

    @Option(names = "--millis", paramLabel = "MILLIS", description = "length of one; default: the benchmark's own")
    private int millis;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "one value for a parameter, instead of its list")
    private List<String> params = List.of();

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder().shouldFailOnError(true).forks(forks).addProfiler(GCProfiler.class);
        benchmarks.forEach(options::include);
        if (iterations > 0) {
            options.warmupIterations(iterations).measurementIterations(iterations);
        }
        if (millis > 0) {
            options.warmupTime(TimeValue.milliseconds(millis)).measurementTime(TimeValue.milliseconds(millis));
        }
        for (String param : params) {
            int split = param.indexOf('=');
            if (split < 1) {
                throw new IllegalArgumentException("--param " + param + " is not like name=value");
            }
            options.param(param.substring(0, split), param.substring(split + 1));
        }
        new Runner(options.build()).run();
        return CommandLine.ExitCode.OK;
    }
}
