package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.projection.ProjectionHook;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.Compared;
import io.mainstay.core.rebuild.RebuildStatus.State;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are made anew while they are projected into and read. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class RebuildTest {
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200), () -> 0.5);
    private static final UUID BANK = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final List<ProjectionTarget> TARGETS = List.of(new SqlTarget(DOMAINS), new EventsTarget());

    private static EmbeddedServer server;

    private final StopSignal stop = new StopSignal();
    private final ReplayedLogs logs = new ReplayedLogs(DOMAINS);
    private final CountedMetrics metrics = new CountedMetrics();
    private final CountedEnds ends = new CountedEnds();
    /** The log cannot be read so often. */
    private final AtomicInteger unreadable = new AtomicInteger();

    private final ShardLog log = new ShardLog(0);
    private final RowTypes types = new RowTypes(TARGETS);
    private final List<String> replaced = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private ExecutorService threads;
    private StandaloneTransaction transaction;
    private Database database;
    private RebuildRuns runs;

    @BeforeAll
    static void startServer(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void project() {
        database = server.database();
        database.migrate();
        database.execute("TRUNCATE accounts, transfers, entries, projection_positions, rebuilds, dead_letters");
        database.execute("ALTER TABLE events DISABLE TRIGGER ALL");
        database.execute("TRUNCATE events");
        database.execute("ALTER TABLE events ENABLE TRIGGER ALL");
        threads = Executors.newCachedThreadPool();
        transaction = new StandaloneTransaction(database.dataSource());
        for (ProjectionTarget target : TARGETS) {
            Subscription subscription = new Subscription(
                    0,
                    () -> logs.log(0),
                    new BatchProjector(
                            new FrameProjection(target, DOMAINS, types, 500, 100, Clock.systemUTC()),
                            transaction,
                            new Hooks(List.of()),
                            metrics,
                            BACKOFF,
                            new CircuitBreaker(BACKOFF, Clock.systemUTC(), stop),
                            stop),
                    new BatchBounds(64, 1 << 20),
                    metrics,
                    BACKOFF,
                    stop);
            subscriptions.add(subscription);
            threads.execute(subscription);
        }
        runs = runs(stop);
        append(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0));
    }

    @AfterEach
    void end() throws InterruptedException {
        stop.stop();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        transaction.close();
        database.execute(
                "DROP SCHEMA IF EXISTS mainstay_rebuild CASCADE; DROP SCHEMA IF EXISTS mainstay_replaced CASCADE");
    }

    @Test
    void puttingRightWhatWasWrongWhileCommandsAndReadsGoOn() throws Exception {
        post(3000);
        awaitProjected();
        database.execute("UPDATE entries SET reference = 'wrong' WHERE account_version = 7");
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> writing = threads.submit(() -> {
            int posted = 0;
            for (; !done.get(); posted += 5) {
                post(5);
                Thread.sleep(1);
            }
            return posted;
        });
        Future<Integer> reading = threads.submit(() -> {
            int read = 0;
            for (; !done.get(); read++) {
                readWhole();
            }
            return read;
        });

        RebuildStatus begun = runs.start("sql").toCompletableFuture().get();
        RebuildStatus ended = awaitEnd(State.DONE);
        done.set(true);

        assertThat(begun.state()).isEqualTo(State.BUILDING);
        assertThat(ended.id()).isEqualTo(begun.id());
        assertThat(ended.rows()).isGreaterThan(9000);
        assertThat(ended.shards()).as("also of the last frames").allMatch(shard -> shard.offset() == shard.goal());
        assertThat(ended.compared()).extracting(Compared::table).contains("accounts", "entries", "transfers");
        assertThat(ended.compared())
                .allMatch(table -> table.equal() == !table.table().equals("entries"))
                .allMatch(table -> table.rows() == table.rebuiltRows());
        int posted = writing.get() + 3000;
        assertThat(reading.get()).isPositive();
        awaitProjected();
        assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'"))
                .isEqualTo(posted);
        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(2L * posted);
        assertThat(database.number("SELECT count(*) FROM entries WHERE reference = 'wrong'"))
                .isZero();
        assertThat(metrics.damages).hasValue(0);
        assertThat(replaced).containsExactly("sql");
        await().untilAsserted(() -> assertThat(schemas()).isEmpty());
        await().untilAsserted(() -> assertThat(ends.ended).containsExactly(State.DONE));
        await().untilAsserted(() -> assertThat(ends.running).isFalse());
    }

    @Test
    void rebuildsAnAuditThatNobodyMayChange() throws Exception {
        post(20);
        awaitProjected();
        List<String> before = database.rows("SELECT * FROM events ORDER BY id");

        runs.start("events").toCompletableFuture().get();
        RebuildStatus ended = awaitEnd(State.DONE);

        assertThat(ended.compared()).containsExactly(new Compared("events", 22, 22, true));
        assertThat(database.rows("SELECT * FROM events ORDER BY id")).isEqualTo(before);
        assertThatThrownBy(() -> database.execute("DELETE FROM events"))
                .hasStackTraceContaining("never changed or deleted");
        await().untilAsserted(() -> assertThat(schemas()).isEmpty());
        database.migrate();
    }

    @Test
    void bringsWhatDeadLettersWaitedFor() throws Exception {
        database.execute("ALTER TABLE entries ADD CONSTRAINT chk_unlucky CHECK (account_version <> 5)");
        post(20);
        awaitProjected();
        assertThat(database.number("SELECT count(*) FROM dead_letters WHERE state IN ('parked', 'queued')"))
                .isPositive();
        database.execute("INSERT INTO dead_letters SELECT gen_random_uuid(), 'events', shard, log_offset, event_index,"
                + " event_at, domain_id, domain, schema_version, type, row_keys, event, frame_hash, state, cause, stack,"
                + " retries, closed_by, closed_because, created_at, updated_at, deleted_at FROM dead_letters"
                + " WHERE state = 'parked'");

        runs.start("sql").toCompletableFuture().get();
        awaitEnd(State.DONE);

        assertThat(database.rows("SELECT DISTINCT target, state FROM dead_letters ORDER BY 1"))
                .containsExactly("events | parked", "sql | resolved");
        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(40);
        post(3);
        awaitProjected();
        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(46);
    }

    @Test
    void leavesEverythingAsItIsWhenCancelled() throws Exception {
        post(2000);
        awaitProjected();
        List<String> before = database.rows("SELECT * FROM entries ORDER BY id");
        whileSomebodyReads(() -> {
            runs.start("sql").toCompletableFuture().get();
            awaitState(State.SWITCHING);
            assertThatThrownBy(() -> runs.start("events").toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EngineException.class)
                    .hasMessageContaining("another rebuild is under way");

            runs.cancel("sql").toCompletableFuture().get();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(schemas()).isEmpty());
        });

        assertThat(awaitEnd(State.CANCELLED).target()).isEqualTo("sql");
        assertThat(database.rows("SELECT * FROM entries ORDER BY id")).isEqualTo(before);
        await().untilAsserted(() -> assertThat(ends.ended).containsExactly(State.CANCELLED));
        assertThatThrownBy(() -> runs.cancel("sql").toCompletableFuture().get())
                .hasMessageContaining("no rebuild of target sql is under way");
        assertThatThrownBy(() -> runs.start("disk").toCompletableFuture().get())
                .hasMessageContaining("there is no target 'disk', only sql, events");
    }

    @Test
    void goesOnWhereACrashHasCutItOff() throws Exception {
        post(3000);
        awaitProjected();
        StopSignal crashed = new StopSignal();
        whileSomebodyReads(() -> {
            runs(crashed).start("sql").toCompletableFuture().get();
            awaitState(State.SWITCHING);
            crashed.stop();
            await().until(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0);
        });
        assertThat(schemas()).contains("mainstay_rebuild");
        String built = "SELECT next_sequence FROM mainstay_rebuild.projection_positions";
        assertThat(database.number(built)).isPositive();
        database.execute("DELETE FROM mainstay_rebuild.entries WHERE account_version = 9");

        threads.execute(runs);
        RebuildStatus ended = awaitEnd(State.DONE);

        assertThat(ended.compared())
                .as("it went on from what there was")
                .anyMatch(table -> table.table().equals("entries") && table.rebuiltRows() == table.rows() - 2);
        assertThat(ended.shards())
                .as("what was there before counts")
                .isNotEmpty()
                .allMatch(shard -> shard.offset() == shard.goal());
    }

    @Test
    void waitsForALogThatCannotBeReadYet() throws Exception {
        post(10);
        awaitProjected();
        unreadable.set(5);

        runs.start("sql").toCompletableFuture().get();

        assertThat(awaitEnd(State.DONE).compared()).allMatch(Compared::equal);
    }

    @Test
    void saysThatItGoesOnWhileTablesAreComparedForLong() throws Exception {
        post(10);
        awaitProjected();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE entries IN ACCESS EXCLUSIVE MODE");
            runs.start("sql").toCompletableFuture().get();
            awaitState(State.COMPARING);
            Instant first = latest().updatedAt();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> latest().updatedAt().isAfter(first.plusSeconds(2)));

            assertThat(latest().state()).isEqualTo(State.COMPARING);
        }
        awaitEnd(State.DONE);
    }

    @Test
    void endsWhatIsOfATargetThatIsNoMore() throws Exception {
        database.execute(
                "INSERT INTO rebuilds (id, target, state, progress, created_at, updated_at) VALUES (gen_random_uuid(), 'disk',"
                        + " 'BUILDING', '{}', now(), now() - interval '1 minute')");

        threads.execute(runs);

        assertThat(awaitEnd(State.FAILED).cause()).hasValue("there is no target 'disk' any more");
        await().untilAsserted(() -> assertThat(ends.ended).containsExactly(State.FAILED));
    }

    @Test
    void dropsWhatACrashLeftOfOneThatHasEnded() {
        database.execute("CREATE SCHEMA mainstay_replaced; CREATE TABLE mainstay_replaced.accounts (id uuid)");

        threads.execute(runs);

        await().untilAsserted(() -> assertThat(schemas()).isEmpty());
    }

    @Test
    void leavesWhatAnotherServerMakes() throws Exception {
        database.execute("CREATE SCHEMA mainstay_rebuild");
        database.execute(
                "INSERT INTO rebuilds (id, target, state, progress, created_at, updated_at) VALUES (gen_random_uuid(), 'sql',"
                        + " 'BUILDING', '{}', now(), now() + interval '1 hour')");

        ShadowSchema.dropUnused(database.dataSource());
        assertThat(schemas()).containsExactly("mainstay_rebuild");

        database.execute("UPDATE rebuilds SET state = 'CANCELLED'");
        ShadowSchema.dropUnused(database.dataSource());
        assertThat(schemas()).isEmpty();
    }

    @Test
    void saysWhyItFailsAndLeavesEverythingAsItIs() throws Exception {
        post(10);
        awaitProjected();
        database.execute("CREATE SCHEMA mainstay_rebuild");
        database.execute("CREATE TABLE mainstay_rebuild.databasechangelog (nonsense text)");
        database.execute(
                "INSERT INTO rebuilds (id, target, state, progress, created_at, updated_at) VALUES (gen_random_uuid(), 'sql',"
                        + " 'BUILDING', '{}', now(), now() - interval '1 minute')");

        threads.execute(runs);
        RebuildStatus ended = awaitEnd(State.FAILED);

        assertThat(ended.cause()).isPresent();
        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(20);
        await().untilAsserted(() -> assertThat(schemas()).isEmpty());
    }

    private static final class CountedEnds implements RebuildMetrics {
        private final List<State> ended = new CopyOnWriteArrayList<>();
        private volatile boolean running;

        @Override
        public void running(boolean runs) {
            running = runs;
        }

        @Override
        public void ended(State end) {
            ended.add(end);
        }
    }

    private RebuildRuns runs(StopSignal until) {
        ShadowProjection shadow = new ShadowProjection(
                TARGETS,
                RebuildTest.class.getClassLoader(),
                DOMAINS,
                types,
                new ProjectionConfig(Set.of("sql"), new BatchBounds(64, 1 << 20), 500, 100),
                database.dataSource(),
                transaction,
                new Hooks(List.of(new ProjectionHook() {
                    @Override
                    public void replaced(String target) {
                        replaced.add(target);
                    }
                })),
                shard -> {
                    if (unreadable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new EngineException(Severity.RETRY, "the broker starts");
                    }
                    return logs.log(shard);
                },
                threads(),
                BACKOFF,
                Clock.systemUTC(),
                until);
        return new RebuildRuns(
                database.dataSource(), List.of("sql", "events"), shadow, threads(), Duration.ofSeconds(3), ends, until);
    }

    private static java.util.concurrent.ThreadFactory threads() {
        return Thread.ofPlatform().daemon().factory();
    }

    /** As a page that is read in one state of the database. */
    private void readWhole() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try (var row =
                    statement.executeQuery("SELECT executed_before FROM projection_positions WHERE target = 'sql'")) {
                if (row.next()) {
                    long projected = row.getLong(1);
                    try (Statement other = connection.createStatement();
                            var sums = other.executeQuery(
                                    "SELECT (SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'), (SELECT"
                                            + " sum(amount_minor) FROM entries WHERE account_id = '" + ANNA + "')")) {
                        sums.next();
                        assertThat(sums.getLong(1)).isEqualTo(sums.getLong(2)).isEqualTo(Math.max(0, projected - 2));
                    }
                }
            }
            connection.rollback();
        }
    }

    /** So long the tables cannot be switched. */
    private void whileSomebodyReads(Callable body) throws Exception {
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE accounts IN ACCESS SHARE MODE");
            body.call();
        }
    }

    private interface Callable {
        void call() throws Exception;
    }

    private List<String> schemas() {
        return database.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'mainstay%'");
    }

    private RebuildStatus awaitEnd(State state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> latest().state().isEnd());
        assertThat(latest().state()).as(latest().toString()).isEqualTo(state);
        return latest();
    }

    private void awaitState(State state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> latest().state() == state);
    }

    private RebuildStatus latest() throws IllegalStateException {
        return runs.status().toCompletableFuture().join().get(0);
    }

    private void awaitProjected() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> database.number(
                                "SELECT CASE count(*) WHEN 2 THEN min(executed_before) ELSE 0 END FROM projection_positions")
                        == log.nextOffset());
    }

    private synchronized void post(int count) {
        List<LedgerCommand> commands = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            commands.add(new PostTransfer(UUID.randomUUID(), BANK, ANNA, 1, "salary"));
        }
        append(commands.toArray(LedgerCommand[]::new));
    }

    /** The commands, and their outcomes, which stand in the frame behind. */
    private void append(LedgerCommand... commands) {
        for (byte[] frame : List.of(log.frame(commands), log.frame())) {
            logs.add(0, frame);
            LogFrame parsed = LogFrame.parse(frame);
            subscriptions.forEach(subscription -> subscription.offer(parsed));
        }
    }

    private static OpenAccount open(UUID id, long minBalanceMinor) {
        return new OpenAccount(id, "main", "EUR", minBalanceMinor);
    }
}
