package io.mainstay.verification.benchmark;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.OpenAccount;
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

/** One transfer decided and applied, with the ledger's memory of transfer ids full: what a shard spends on the domain. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class LedgerBenchmark {
    private static final CommandContext CONTEXT = CommandContext.of(0, 0, 0);

    private final StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger = new LedgerDomain().stateMachine();
    private final LedgerState state = ledger.emptyState();
    private final Transfers transfers = new Transfers(1);

    @Param({"1000", "100000", "1000000"})
    int accountCount;

    @Param({"1048576"})
    int transfersBefore;

    @Setup
    public void open() {
        for (int number = 0; number < accountCount; number++) {
            ledger.apply(state, new AccountOpened(Transfers.accountId(number), "main", "EUR", OpenAccount.UNLIMITED));
        }
        for (int index = 0; index < transfersBefore; index++) {
            transfer();
        }
    }

    @Benchmark
    public Decision<LedgerEvent> transfer() {
        Decision<LedgerEvent> decision = ledger.decide(state, transfers.between(accountCount), CONTEXT);
        if (!(decision instanceof Decision.Accepted<LedgerEvent>(var events, var messages))) {
            throw new IllegalStateException("refused: " + decision);
        }
        for (LedgerEvent event : events) {
            ledger.apply(state, event);
        }
        return decision;
    }
}
