package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.reconcile.Difference;
import io.mainstay.core.reconcile.Difference.Kind;
import io.mainstay.core.reconcile.ReconcileReport.Compared;
import io.mainstay.core.reconcile.ReconcileReport.ShardReport;
import io.mainstay.domain.inventory.InventoryDomain;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state that the engine's replay makes against the rows that the projection has written. */
@SuppressWarnings("NullAway.Init")
final class ShardComparisonTest {
    private static final int SHARD = 3;
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain(), new InventoryDomain()));
    private static final UUID BANK = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-000000000002");

    private static EmbeddedServer server;

    private final StopSignal stop = new StopSignal();
    private final ReplayedLogs logs = new ReplayedLogs(DOMAINS);
    private final ShardLog log = new ShardLog(SHARD);
    private final Database database = server.database();
    private LocalProjection projection;

    @BeforeAll
    static void startServer(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
        server.database().migrate(DOMAINS);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void project() {
        database.execute("TRUNCATE accounts, transfers, entries, warehouses, projection_positions CASCADE");
        projection = new LocalProjection(database.dataSource(), DOMAINS, SqlTarget.NAME, 1);
        append(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0));
        append(transfer(1250));
        append();
    }

    @AfterEach
    void end() {
        stop.stop();
        projection.close();
    }

    @Test
    void findsNothingWhereAllIsRight() {
        ShardReport report = compare();

        assertThat(report.differences()).isEmpty();
        assertThat(report.differenceCount()).isZero();
        assertThat(report.offset()).isEqualTo(3);
        assertThat(report.compared())
                .contains(new Compared("accounts", 2, 3), new Compared("parties", 0, 0))
                .contains(new Compared("stock_levels", 0, 0));
    }

    @Test
    void comparesAtTheOffsetThatIsProjected() {
        logs.add(SHARD, log.frame(transfer(7)));
        logs.add(SHARD, log.frame(transfer(8)));

        assertThat(compare().offset()).isEqualTo(3);
        assertThat(compare().differenceCount()).isZero();
    }

    @Test
    void findsNothingInAShardThatHasNoFrameYet() {
        assertThat(comparison().compare(0, within(60)).differenceCount()).isZero();
    }

    @Test
    void findsAValueThatWasChanged() {
        database.execute("UPDATE accounts SET reference = 'x', reserved_minor = 5 WHERE id = '" + ANNA + "'");

        assertThat(compare().differences())
                .containsExactlyInAnyOrder(
                        new Difference(Kind.CHANGED, "accounts", "id=" + ANNA, "reference", null, "x"),
                        new Difference(Kind.CHANGED, "accounts", "id=" + ANNA, "reserved_minor", "0", "5"),
                        new Difference(Kind.SUM, "accounts", "tenant= asset=EUR", "reserved_minor", "0", "5"));
    }

    @Test
    void findsARowThatIsMissing() {
        database.execute("DELETE FROM entries");
        database.execute("DELETE FROM transfers");
        database.execute("DELETE FROM accounts WHERE id = '" + ANNA + "'");

        assertThat(compare().differences())
                .containsExactlyInAnyOrder(
                        new Difference(Kind.MISSING, "accounts", "id=" + ANNA, null, null, null),
                        new Difference(Kind.SUM, "accounts", "tenant= asset=EUR", "balance_minor", "0", "-1250"));
    }

    @Test
    void findsARowTooMany() {
        UUID more = new UUID(1, 1);
        database.execute("INSERT INTO accounts SELECT '" + more
                + "', ledger, 'USD', min_balance_minor, 9, version, shard, created_at, updated_at FROM accounts WHERE id = '"
                + ANNA + "'");

        ShardReport report = compare();

        assertThat(report.differences())
                .contains(new Difference(Kind.UNKNOWN, "accounts", "id=" + more, null, null, null))
                .contains(new Difference(Kind.SUM, "accounts", "tenant= asset=USD", "balance_minor", null, "9"));
        assertThat(report.compared()).contains(new Compared("accounts", 3, 6));
    }

    @Test
    void findsThatValuesWereMovedBetweenRowsThoughTheSumIsRight() {
        database.execute(
                "UPDATE accounts SET balance_minor = balance_minor + CASE id WHEN '" + ANNA + "' THEN 1 ELSE -1 END");

        assertThat(compare().differences())
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder(Kind.CHANGED, Kind.CHANGED);
    }

    @Test
    void listsTheFirstDifferencesAndCountsAll() {
        List<LedgerCommand> accounts = new ArrayList<>();
        for (int number = 0; number < 3000; number++) {
            accounts.add(open(new UUID(7, number), 0));
        }
        append(accounts.toArray(new LedgerCommand[0]));
        append();
        assertThat(compare().differenceCount()).isZero();
        database.execute("UPDATE accounts SET ledger = 'other'");

        ShardReport report = compare();

        assertThat(report.differences()).hasSize(Difference.LISTED_MAX);
        assertThat(report.differenceCount()).isEqualTo(3002);
    }

    @Test
    void findsNothingWhileCommandsGoOn() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService projector = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> projected = projector.submit(() -> {
                int frames = 0;
                for (; !done.get(); frames++) {
                    append(transfer(frames + 1), transfer(1));
                }
                return frames;
            });
            long first = compare().offset();
            long last = first;
            for (int round = 0; round < 20; round++) {
                ShardReport report = compare();
                assertThat(report.differences()).isEmpty();
                last = report.offset();
            }
            done.set(true);
            assertThat(projected.get(30, TimeUnit.SECONDS)).isPositive();
            assertThat(last).isGreaterThan(first);
        } finally {
            done.set(true);
            projector.shutdownNow();
        }
    }

    @Test
    void saysThatTheLogEndsBeforeWhatIsProjected() {
        database.execute("UPDATE projection_positions SET executed_before = 99, next_offset = 99");

        assertThatThrownBy(this::compare)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the log ends at offset 3");
    }

    @Test
    void endsWhenItsTimeIsUpOrTheServerStops() {
        assertThatThrownBy(() -> comparison().compare(SHARD, Deadline.in(Duration.ZERO, stop)))
                .hasMessageContaining("mainstay.reconcile.timeout");
        stop.stop();
        assertThatThrownBy(this::compare).hasMessageContaining("the server stops");
    }

    @Test
    void runsOneComparisonAtATime() throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        RecordedMetrics metrics = new RecordedMetrics();
        ReconcileRuns runs = new ReconcileRuns(
                () -> List.of(0, SHARD),
                comparison(),
                new ReconcileConfig(Duration.ZERO, Duration.ofMinutes(1)),
                task -> new Thread(() -> waiting.add(task)),
                metrics,
                stop);
        var first = runs.reconcile(OptionalInt.empty()).toCompletableFuture();
        var second = runs.reconcile(OptionalInt.of(SHARD)).toCompletableFuture();

        assertThatThrownBy(() -> second.get(1, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("being compared already");
        database.execute("UPDATE accounts SET version = 77 WHERE id = '" + ANNA + "'");
        next(waiting).run();
        assertThat(first.get(1, TimeUnit.SECONDS).shards())
                .extracting(ShardReport::differenceCount)
                .containsExactly(0L, 1L);
        assertThat(metrics.told).containsExactly("0: 0 of 0", "3: 1 of 2", "all: 1");

        var unknown = runs.reconcile(OptionalInt.of(9)).toCompletableFuture();
        next(waiting).run();
        assertThatThrownBy(() -> unknown.get(1, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no shard 9");
    }

    private static Runnable next(List<Runnable> waiting) {
        Awaitility.await().until(() -> !waiting.isEmpty());
        return waiting.remove(0);
    }

    private ShardReport compare() {
        return comparison().compare(SHARD, within(60));
    }

    private ShardComparison comparison() {
        return new ShardComparison(database.dataSource(), logs, DOMAINS);
    }

    private Deadline within(long seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), stop);
    }

    private void append(LedgerCommand... commands) {
        byte[] frame = log.frame(commands);
        logs.add(SHARD, frame);
        projection.project(SHARD, List.of(LogFrame.parse(frame)));
    }

    private static OpenAccount open(UUID id, long minBalanceMinor) {
        return new OpenAccount(id, "main", "EUR", minBalanceMinor);
    }

    private static PostTransfer transfer(long amountMinor) {
        return new PostTransfer(UUID.randomUUID(), BANK, ANNA, amountMinor, "");
    }

    private static final class RecordedMetrics implements ReconcileMetrics {
        private final List<String> told = new ArrayList<>();

        @Override
        public void compared(ShardReport report) {
            told.add(report.shard() + ": " + report.differenceCount() + " of " + report.rowCount());
        }

        @Override
        public void ended(boolean allShards, long differenceCount) {
            told.add((allShards ? "all: " : "one: ") + differenceCount);
        }

        @Override
        public void failed() {
            told.add("failed");
        }
    }
}
