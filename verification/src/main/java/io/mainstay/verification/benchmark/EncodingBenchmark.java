package io.mainstay.verification.benchmark;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a command costs in each encoding of a frame's payload, to write and to read: a frame of 1000 transfers between
 * 10,000 accounts with random ids, and the outcomes of 1000 others, as in a log. One operation is one command. The bytes a command takes are
 * printed at the start of each run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EncodingBenchmark {
    private static final int COMMANDS = 1000;
    private static final int ACCOUNTS = 10_000;
    private static final FrameHeader HEADER =
            new FrameHeader(0, 1, 0, 0, COMMANDS, 0, 0, Map.of(1, 1), LogPosition.START.hash());

    private final LedgerDomain domain = new LedgerDomain();
    private final LedgerState ledger = domain.stateMachine().emptyState();
    private final Transfers transfers = new Transfers(1);
    private final WireWriter commands = new WireWriter(512 * 1024);
    private final WireWriter outcomes = new WireWriter(512 * 1024);
    private FrameWriter frames = new FrameWriter(16, LogPosition.START.hash());
    private byte[] frame = {};

    @Param({"binary none 0", "binary zstd 1", "binary zstd 3", "json none 0", "json zstd 1"})
    String encoding = "";

    /** Writes what the benchmarks write and read. */
    @Setup
    public void begin() {
        for (int number = 0; number < ACCOUNTS; number++) {
            execute(new OpenAccount(Transfers.accountId(number), "main", "EUR", OpenAccount.UNLIMITED));
        }
        FrameWriter.writeExecuted(outcomes, 0, COMMANDS, 0);
        for (int index = 0; index < COMMANDS; index++) {
            PostTransfer transfer = transfers.between(ACCOUNTS);
            WireWriter bytes = new WireWriter(128);
            domain.commands().encode(transfer, bytes);
            new LoggedCommand(transfers.id(), domain.id(), bytes.toByteArray()).write(commands);
        }
        for (int index = 0; index < COMMANDS; index++) {
            List<LoggedEvent> events = new ArrayList<>();
            for (LedgerEvent event : execute(transfers.between(ACCOUNTS))) {
                WireWriter bytes = new WireWriter(256);
                domain.events().encode(event, bytes);
                events.add(new LoggedEvent(domain.id(), bytes.toByteArray()));
            }
            new LoggedOutcome.Accepted(1, events, List.of(), List.of()).write(outcomes);
        }
        String[] parts = encoding.split(" ", -1);
        frames = new FrameWriter(
                1 << 20, LogPosition.START.hash(), PayloadEncoding.of(parts[0], parts[1], Integer.parseInt(parts[2])));
        write();
        frame = Arrays.copyOf(frames.bytes(), frames.size());
        System.out.printf("%s: %d bytes a command%n", encoding, frame.length / COMMANDS);
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public int write() {
        frames.write(HEADER, outcomes, commands);
        return frames.size();
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public LogFrame read() {
        return LogFrame.parse(frame);
    }

    private List<LedgerEvent> execute(LedgerCommand command) {
        Decision<LedgerEvent> decision = domain.stateMachine().decide(ledger, command, CommandContext.of(0, 0, 0));
        if (!(decision instanceof Decision.Accepted<LedgerEvent>(var events, var messages))) {
            throw new IllegalStateException(command + " was refused: " + decision);
        }
        events.forEach(event -> domain.stateMachine().apply(ledger, event));
        return events;
    }
}
