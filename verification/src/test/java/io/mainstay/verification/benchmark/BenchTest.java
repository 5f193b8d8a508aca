package io.mainstay.verification.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmarks run and measure something; what they measure is for a machine at rest. */
class BenchTest {

    @TempDir
    private Path directory;

    @Test
    void postsTransfersAndThenTheSameFramesWithoutAnEngine() throws IOException {
        Run run = bench(
                "durable",
                "--warm-up=0",
                "--duration=1",
                "--shards=2",
                "--accounts=100",
                "--keys=1000",
                "--directory=" + directory);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("engine    [1-9][0-9,]* commands/s")
                .contains("refused 0")
                .containsPattern("latency   p50 [0-9.]+ ms")
                .containsPattern("journal   [1-9][0-9,]* appends/s")
                .containsPattern("bare      [1-9][0-9,]* appends/s")
                .containsPattern("ratio     the engine wrote [0-9.]+ of what the bare log did");
        assertThat(left()).isEmpty();
    }

    @Test
    void beginsCommandsAtTheRateThatIsAskedFor() {
        Run run = bench(
                "durable",
                "--mode=engine",
                "--rate=1000",
                "--warm-up=1",
                "--duration=2",
                "--shards=1",
                "--accounts=10",
                "--directory=" + directory);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).containsPattern("engine    (9[0-9]{2}|1,0[0-9]{2}) commands/s");
    }

    @Test
    void recoversWhatItHasFilled() throws IOException {
        Run run = bench(
                "recovery",
                "--shards=2",
                "--accounts=200",
                "--commands=2000",
                "--weighed=2000",
                "--directory=" + directory);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("recovery  200 accounts from snapshots and [0-9]+,[0-9]{3} commands from the log")
                .containsPattern("memory    [0-9]+ bytes an account");
        assertThat(left()).isEmpty();
    }

    @Test
    void floodsWithOneTenantAndTimesAnother() throws IOException {
        Run run = bench(
                "tenants",
                "--shards=1",
                "--accounts=10",
                "--rate=500",
                "--callers=5000",
                "--warm-up=0",
                "--duration=1",
                "--rounds=1",
                "--directory=" + directory);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("alone     [0-9,]+ answers, refused 0")
                .containsPattern("flooded   [0-9,]+ answers, refused 0")
                .containsPattern("beside [0-9,]+ transfers/s");
        assertThat(left()).isEmpty();
    }

    @Test
    void timesPartsAlone() {
        Run run = bench("jmh", "FrameBenchmark", "--forks=0", "--iterations=1", "--millis=20", "--param=batch=100");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).containsPattern("FrameBenchmark.append .*100 .*ns/op");
    }

    @Test
    void refusesWhatItCannotMeasure() {
        assertThat(bench("durable", "--duration=0", "--directory=" + directory).exitCode())
                .isEqualTo(2);
        assertThat(bench("jmh", "--param=batch").exitCode()).isEqualTo(2);
        assertThat(bench("sideways").exitCode()).isEqualTo(2);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static Run bench(String... args) {
        PrintStream usual = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream taken = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            System.setOut(taken);
            int exitCode = Bench.execute(args);
            return new Run(exitCode, output.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usual);
        }
    }

    private record Run(int exitCode, String output) {}
}
