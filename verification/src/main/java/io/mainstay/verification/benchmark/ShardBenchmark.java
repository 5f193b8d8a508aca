package io.mainstay.verification.benchmark;

import io.mainstay.core.shard.ShardConfig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole life of a command in the engine, without broker and threads: encoded, sequenced, framed, decided, applied,
 * remembered by its key (with the memory of keys full), answered.
 *
 * <p>One operation is one command; each {@code batch}-th one lets the shard work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g"})
public class ShardBenchmark {
    private final LoneShard shard = new LoneShard(10_000, ShardConfig.DEFAULT);
    private int count;

    @Param({"1", "1000"})
    int batch;

    @Param({"1000000"})
    int keysBefore;

    @Setup
    public void fill() {
        for (int index = 0; index < keysBefore; index++) {
            command();
        }
    }

    @Benchmark
    public long command() {
        shard.offerTransfer();
        if (++count < batch) {
            return 0;
        }
        count = 0;
        return shard.work();
    }
}
