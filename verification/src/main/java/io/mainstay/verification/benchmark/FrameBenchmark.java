package io.mainstay.verification.benchmark;

import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireWriter;
import java.util.List;
import java.util.Map;
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
 * What a command costs on its way into a frame: written, summed with CRC32C, chained with SHA-256.
 *
 * <p>One operation is one command of 100 bytes and the outcome, of 149 bytes, of one before it; each {@code batch}-th
 * operation ends a frame. The average is the cost of a command at that batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FrameBenchmark {
    private static final int COMMAND_BYTES = 100;
    private static final int EVENT_BYTES = 136;

    private final FrameWriter frames = new FrameWriter(512 * 1024, LogPosition.START.hash());
    private final WireWriter commands = new WireWriter(512 * 1024);
    private final WireWriter outcomes = new WireWriter(512 * 1024);
    private final LoggedCommand command = new LoggedCommand(new Transfers(1).id(), 1, new byte[COMMAND_BYTES]);
    private final LoggedOutcome outcome =
            new LoggedOutcome.Accepted(1, List.of(new LoggedEvent(1, new byte[EVENT_BYTES])), List.of(), List.of());
    private int count;
    private long offset;

    @Param({"1", "100", "1000", "4096"})
    int batch;

    @Setup
    public void begin() {
        commands.clear();
        outcomes.clear();
        FrameWriter.writeExecuted(outcomes, offset, batch, offset);
        count = 0;
    }

    @Benchmark
    public int append() {
        command.write(commands);
        outcome.write(outcomes);
        if (++count == batch) {
            FrameHeader header = new FrameHeader(
                    0, 1, offset / batch, offset, batch, offset, offset, Map.of(1, 1), frames.previousHash());
            frames.write(header, outcomes, commands);
            offset += batch;
            begin();
        }
        return frames.size();
    }
}
