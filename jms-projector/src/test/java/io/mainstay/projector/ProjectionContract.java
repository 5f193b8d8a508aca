package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionHook;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.RegisterParty;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the projection does, whatever PostgreSQL it meets. */
@SuppressWarnings("NullAway.Init")
abstract class ProjectionContract {
    private static final Logger LOG = Logger.getLogger(ProjectionContract.class.getName());
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    private static final UUID BANK = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID BERT = UUID.fromString("00000000-0000-4000-8000-000000000003");
    private static final UUID TRANSFER = UUID.fromString("00000000-0000-4000-9000-000000000001");

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), () -> 0.5);

    private final CountedMetrics metrics = new CountedMetrics();
    private final StopSignal stop = new StopSignal();
    private Database database;
    private CountingDataSource counted;
    private StandaloneTransaction transaction;
    private ReplayedLogs logs;
    private BatchProjector projector;

    /** A database with the schema. */
    abstract Database database();

    /** The same, as who projects. */
    Database writer() {
        return database();
    }

    /** From how many new rows of a table on they are copied. */
    int copyRowsMin() {
        return 500;
    }

    @BeforeEach
    void start() {
        database = database();
        database.empty();
        counted = new CountingDataSource(writer().dataSource());
        startServer();
    }

    private void startServer() {
        transaction = new StandaloneTransaction(counted);
        logs = new ReplayedLogs(DOMAINS);
        projector = projector(new SqlTarget(DOMAINS));
    }

    private BatchProjector projector(ProjectionTarget target, ProjectionHook... hooks) {
        return new BatchProjector(
                new FrameProjection(
                        target, DOMAINS, new RowTypes(List.of(target)), copyRowsMin(), 100, Clock.systemUTC()),
                transaction,
                new Hooks(List.of(hooks)),
                metrics,
                BACKOFF,
                new CircuitBreaker(BACKOFF, Clock.systemUTC(), stop),
                stop);
    }

    private Subscription subscription(BatchProjector into, int shard) {
        return new Subscription(
                shard, () -> logs.log(shard), into, new BatchBounds(64, 1 << 20), metrics, BACKOFF, stop);
    }

    @AfterEach
    void end() {
        stop.stop();
        transaction.close();
    }

    @Test
    void projectsAFrameIntoExactRows() {
        ShardLog log = new ShardLog(3);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0), open(BERT, -50)), 3);
        receive(log.frame(transfer(TRANSFER, BANK, ANNA, 1250, "rent"), transfer(ANNA, BERT, 250)), 3);
        receive(log.frame(), 3);

        assertThat(database.rows("SELECT id, ledger, asset, min_balance_minor, balance_minor, version, shard,"
                        + " created_at, updated_at, deleted_at FROM accounts ORDER BY id"))
                .containsExactly(
                        BANK + " | main | EUR | null | -1250 | 2 | 3 | 2023-11-14 22:13:21.123457+00"
                                + " | 2023-11-14 22:13:22.123458+00 | null",
                        ANNA + " | main | EUR | 0 | 1000 | 3 | 3 | 2023-11-14 22:13:21.123457+00"
                                + " | 2023-11-14 22:13:22.123458+00 | null",
                        BERT + " | main | EUR | -50 | 250 | 2 | 3 | 2023-11-14 22:13:21.123457+00"
                                + " | 2023-11-14 22:13:22.123458+00 | null");
        assertThat(database.rows("SELECT id, from_account_id, to_account_id, asset, amount_minor, reference, shard,"
                        + " log_offset, created_at, updated_at, deleted_at FROM transfers WHERE id = '" + TRANSFER
                        + "'"))
                .containsExactly(TRANSFER + " | " + BANK + " | " + ANNA
                        + " | EUR | 1250 | rent | 3 | 3 | 2023-11-14 22:13:22.123458+00"
                        + " | 2023-11-14 22:13:22.123458+00 | null");
        assertThat(database.rows("SELECT account_id, counterparty_id, amount_minor, balance_minor, account_version,"
                        + " reference, shard, log_offset FROM entries ORDER BY log_offset, amount_minor"))
                .containsExactly(
                        BANK + " | " + ANNA + " | -1250 | -1250 | 2 | rent | 3 | 3",
                        ANNA + " | " + BANK + " | 1250 | 1250 | 2 | rent | 3 | 3",
                        ANNA + " | " + BERT + " | -250 | 1000 | 3 | null | 3 | 4",
                        BERT + " | " + ANNA + " | 250 | 250 | 2 | null | 3 | 4");
        assertThat(database.rows("SELECT target, shard, next_sequence, next_offset, executed_before, epoch,"
                        + " octet_length(frame_hash) FROM projection_positions"))
                .containsExactly("sql | 3 | 3 | 5 | 5 | 1 | 32");
        assertThat(metrics.rows).hasValue(12);
        assertThat(metrics.executedBefore).containsEntry(3, 5L);
    }

    @Test
    void projectsTheFirstFrameAfterARestart() {
        ShardLog log = new ShardLog(3);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 3);
        receive(log.frame(transfer(BANK, ANNA, 100)), 3);
        byte[] first = log.frame(transfer(BANK, ANNA, 10));
        byte[] second = log.frame(transfer(BANK, ANNA, 1));
        transaction.close();
        startServer();
        receive(first, 3);
        receive(second, 3);
        receive(log.frame(), 3);

        assertThat(database.rows("SELECT balance_minor, version FROM accounts WHERE id = '" + ANNA + "'"))
                .containsExactly("111 | 4");
        assertThat(database.rows("SELECT count(*) FROM entries")).containsExactly("6");
    }

    @Test
    void projectsFramesInJsonAndCompressed() {
        ShardLog log = new ShardLog(3, PayloadEncoding.of("json", "zstd", 1), 1);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 3);
        receive(log.frame(transfer(BANK, ANNA, 1250)), 3);
        receive(log.frame(), 3);
        assertThat(database.rows("SELECT balance_minor FROM accounts ORDER BY id"))
                .containsExactly("-1250", "1250");
    }

    @Test
    void stopsAtAFrameOfAVersionThatNoUpcasterReaches() {
        ShardLog log = new ShardLog(3, PayloadEncoding.PLAIN, 3);
        assertThatThrownBy(() -> receive(log.frame(open(BANK, OpenAccount.UNLIMITED)), 3))
                .isInstanceOf(DamagedLogException.class);
        assertThat(database.rows("SELECT shard FROM projection_positions")).isEmpty();
    }

    @Test
    void skipsAFrameThatIsDeliveredAgain() {
        ShardLog log = new ShardLog(0);
        byte[] first = log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0));
        byte[] second = log.frame(transfer(BANK, ANNA, 10));
        byte[] third = log.frame();
        receive(first, 0);
        receive(second, 0);
        receive(third, 0);
        List<String> before = everything();

        receive(third, 0);
        receive(first, 0);

        assertThat(everything()).isEqualTo(before);
        assertThat(metrics.skipped).hasValue(2);
    }

    @Test
    void projectsRefusedCommandsIntoNoRows() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, 0), open(ANNA, 0), transfer(BANK, ANNA, 10), open(ANNA, 0)), 0);
        receive(log.frame(), 0);

        assertThat(database.number("SELECT count(*) FROM accounts")).isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM transfers")).isZero();
        assertThat(database.number("SELECT executed_before FROM projection_positions"))
                .isEqualTo(4);
    }

    @Test
    void readsWhatIsMissingFromTheLog() {
        ShardLog log = new ShardLog(0);
        byte[] first = log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0));
        byte[] second = log.frame(transfer(BANK, ANNA, 10));
        byte[] third = log.frame();
        logs.add(0, first);
        logs.add(0, second);
        logs.add(0, third);

        receive(third, 0);

        assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'"))
                .isEqualTo(10);
        assertThat(metrics.orphans).hasValue(0);
        assertThat(metrics.frames).hasValue(3);
    }

    @Test
    void passesOverAnOrphanAfterSomeReadingsAndGoesOnWithTheNextEpoch() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 0);
        byte[] orphan = ShardLog.orphan(0, 1, 2, 3, new WireWriter(1));

        receive(orphan, 0);
        receive(log.newEpoch().frame(transfer(BANK, ANNA, 10)), 0);
        receive(log.frame(), 0);
        receive(orphan, 0);

        assertThat(metrics.orphans).hasValue(1);
        assertThat(metrics.skipped).hasValue(1);
        assertThat(database.rows("SELECT next_sequence, epoch FROM projection_positions"))
                .containsExactly("3 | 2");
    }

    @Test
    void neverPassesOverAFrameThatTellsOutcomesOfAMissingOne() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 0);
        log.frame(transfer(BANK, ANNA, 10));
        byte[] behindLost = log.frame();

        assertThatThrownBy(() -> receive(behindLost, 0))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("frame 1 at offset 2 is lost");
        assertThat(metrics.orphans).hasValue(0);
    }

    @Test
    void stopsAShardWhoseFramesContradictEachOther() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED)), 0);
        List<String> before = everything();
        byte[] wrongHash = ShardLog.orphan(0, 1, 1, 1, new WireWriter(1));
        byte[] fork = ShardLog.orphan(0, 2, 0, 0, new WireWriter(1));

        for (byte[] damaged : List.of(wrongHash, fork)) {
            assertThatThrownBy(() -> receive(damaged, 0))
                    .isInstanceOf(DamagedLogException.class)
                    .hasMessageContaining("does not follow");
        }

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void stopsAShardWhoseOutcomesHaveAGap() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 0);
        receive(log.frame(), 0);
        database.execute("UPDATE projection_positions SET executed_before = 1");
        receive(log.frame(transfer(BANK, ANNA, 10)), 0);

        assertThatThrownBy(() -> receive(log.frame(), 0)).isInstanceOf(DamagedLogException.class);

        assertThat(database.number("SELECT count(*) FROM transfers")).isZero();
    }

    @Test
    void leavesNeitherRowsNorPositionWhenATableIsNotWhatItShallBeAndParksNothing() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 0);
        receive(log.frame(open(BERT, 0), transfer(TRANSFER, BANK, ANNA, 10, ""), transfer(BANK, ANNA, 13)), 0);
        List<String> before = everything();
        byte[] third = log.frame();
        database.execute("ALTER TABLE entries RENAME COLUMN reference TO reference_elsewhere");
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> refused = threads.submit(() -> receive(third, 0));
            org.awaitility.Awaitility.await().until(() -> metrics.retries.get() > 2);
            assertThat(everything()).isEqualTo(before);

            database.execute("ALTER TABLE entries RENAME COLUMN reference_elsewhere TO reference");
            org.awaitility.Awaitility.await().until(refused::isDone);
        }
        assertThat(metrics.parked).hasValue(0);

        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(4);
        assertThat(database.number("SELECT next_sequence FROM projection_positions"))
                .isEqualTo(3);
    }

    @Test
    void keepsEntriesOfATransferWhoseIdAnotherShardHasUsed() {
        UUID carl = UUID.randomUUID();
        ShardLog zero = new ShardLog(0);
        ShardLog one = new ShardLog(1);
        receive(zero.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 0);
        receive(one.frame(open(BERT, OpenAccount.UNLIMITED), open(carl, 0)), 1);
        receive(zero.frame(transfer(TRANSFER, BANK, ANNA, 10, "")), 0);
        receive(one.frame(transfer(TRANSFER, BERT, carl, 20, ""), transfer(BERT, carl, 5)), 1);
        receive(zero.frame(), 0);

        receive(one.frame(), 1);

        assertThat(database.rows("SELECT shard, amount_minor FROM transfers ORDER BY shard"))
                .containsExactly("0 | 10", "1 | 5");
        assertThat(database.rows("SELECT account_version, amount_minor FROM entries WHERE account_id = '" + carl
                        + "' ORDER BY 1"))
                .containsExactly("2 | 20", "3 | 5");
        assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + carl + "'"))
                .isEqualTo(25);
    }

    @Test
    void storesTextsAsGiven() {
        List<String> texts = List.of(
                "O'Reilly \"quoted\" \\ backslash",
                "'); DROP TABLE accounts; --",
                "žluťoučký кот 猫 🐈\u200d⬛ e\u0301 \u202Ertl",
                "{} ? $1 :name %s ${x} \t\r\n",
                "x".repeat(PostTransfer.REFERENCE_LENGTH_MAX));
        ShardLog log = new ShardLog(0);
        String ledger = "l'été; DROP \"TABLE\" 🏦";
        receive(
                log.frame(
                        new OpenAccount(BANK, ledger, "EUR", OpenAccount.UNLIMITED),
                        new OpenAccount(ANNA, ledger, "EUR", 0)),
                0);
        List<PostTransfer> transfers = new ArrayList<>();
        for (String text : texts) {
            transfers.add(transfer(UUID.randomUUID(), BANK, ANNA, 1, text));
        }
        receive(log.frame(transfers), 0);
        receive(log.frame(), 0);

        assertThat(database.rows("SELECT reference FROM transfers ORDER BY log_offset"))
                .isEqualTo(texts);
        assertThat(database.rows("SELECT reference FROM entries WHERE amount_minor > 0 ORDER BY log_offset"))
                .isEqualTo(texts);
        assertThat(database.rows("SELECT DISTINCT ledger FROM accounts")).containsExactly(ledger);
    }

    @Test
    void writesAThousandTransfersInAFewRoundTrips() {
        ShardLog log = new ShardLog(0);
        List<UUID> accounts = openAccounts(log, 500);
        receive(log.frame(transfers(accounts, 1000)), 0);
        counted.clear();

        byte[] frame = log.frame();
        receive(frame, 0);

        LOG.info(() -> "statements of a frame with 1000 transfers: " + counted.executions());
        assertThat(counted.executions()).hasSizeLessThanOrEqualTo(8);
        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(2000);
        assertThat(database.number("SELECT sum(balance_minor) FROM accounts")).isZero();
    }

    @Test
    void keepsUpWithABurst() {
        ShardLog log = new ShardLog(0);
        List<UUID> accounts = openAccounts(log, 1000);
        List<byte[]> frames = new ArrayList<>();
        for (int count = 0; count < 10; count++) {
            frames.add(log.frame(transfers(accounts, 2000)));
        }
        frames.add(log.frame());
        int rowsBefore = metrics.rows.get();
        long startNanos = System.nanoTime();

        frames.forEach(frame -> receive(frame, 0));

        double seconds = (System.nanoTime() - startNanos) / 1e9;
        int rows = metrics.rows.get() - rowsBefore;
        LOG.info(() -> "%d rows of 20000 transfers in %.1f s: %.0f rows/s".formatted(rows, seconds, rows / seconds));
        assertThat(database.number("SELECT count(*) FROM transfers")).isEqualTo(20_000);
        assertThat(database.number("SELECT count(*) FROM accounts a WHERE balance_minor <> (SELECT coalesce(sum("
                        + "amount_minor), 0) FROM entries e WHERE e.account_id = a.id)"))
                .isZero();
    }

    @Test
    void projectsShardsInParallel() throws Exception {
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int shard = 0; shard < 2; shard++) {
                ShardLog log = new ShardLog(shard);
                done.add(threads.submit(() -> {
                    List<UUID> accounts = openAccounts(log, 20);
                    for (int count = 0; count < 25; count++) {
                        receive(log.frame(transfers(accounts, 20)), log.shard());
                    }
                    receive(log.frame(), log.shard());
                }));
            }
            for (Future<?> shard : done) {
                shard.get(1, TimeUnit.MINUTES);
            }
        }

        assertThat(database.rows("SELECT shard, count(*), sum(amount_minor) FROM entries GROUP BY shard ORDER BY 1"))
                .containsExactly("0 | 1000 | 0", "1 | 1000 | 0");
        assertThat(database.rows("SELECT shard, executed_before FROM projection_positions ORDER BY 1"))
                .containsExactly("0 | 520", "1 | 520");
    }

    @Test
    void takesAFrameOnceWhenTwoReceiversHaveIt() throws Exception {
        ShardLog log = new ShardLog(0);
        List<byte[]> frames = new ArrayList<>();
        frames.add(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)));
        for (int count = 0; count < 30; count++) {
            frames.add(log.frame(transfer(BANK, ANNA, 1)));
        }
        frames.add(log.frame());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> one = threads.submit(() -> frames.forEach(frame -> receive(frame, 0)));
            Future<?> other = threads.submit(() -> frames.forEach(frame -> receive(frame, 0)));
            one.get(1, TimeUnit.MINUTES);
            other.get(1, TimeUnit.MINUTES);
        }

        assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'"))
                .isEqualTo(30);
        assertThat(metrics.frames.get() + metrics.skipped.get()).isEqualTo(2 * frames.size());
        assertThat(metrics.frames).hasValue(frames.size());
    }

    @Test
    void refusesOutcomesOfADomainThatIsNotInstalled() {
        WireWriter batch = new WireWriter(64);
        FrameWriter.writeExecuted(batch, 0, 1, ShardLog.START_MICROS);
        new LoggedOutcome.Accepted(1, List.of(new LoggedEvent(77, new byte[] {1})), List.of(), List.of()).write(batch);
        byte[] frame = ShardLog.orphan(0, 1, 0, 0, batch);

        assertThatThrownBy(() -> receive(frame, 0)).isInstanceOf(DamagedLogException.class);

        assertThat(database.number("SELECT count(*) FROM projection_positions")).isZero();
    }

    @Test
    void projectsFramesThatWaitInOneTransaction() {
        ShardLog log = new ShardLog(0);
        List<byte[]> frames = new ArrayList<>();
        frames.add(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)));
        for (int count = 0; count < 20; count++) {
            frames.add(log.frame(transfer(BANK, ANNA, 1)));
        }
        frames.add(log.frame());
        deliver(projector, 0, frames.subList(0, 5));
        deliver(projector, 0, frames.subList(3, frames.size()));

        assertThat(metrics.transactions).hasValue(2);
        assertThat(metrics.frames).hasValue(frames.size());
        assertThat(metrics.skipped).hasValue(2);
        assertThat(database.rows("SELECT balance_minor, version FROM accounts WHERE id = '" + ANNA + "'"))
                .containsExactly("20 | 21");
        assertThat(database.rows("SELECT next_sequence, executed_before FROM projection_positions"))
                .containsExactly("22 | 22");
    }

    @Test
    void projectsTheFramesBeforeOneThatCannotBeProjected() {
        ShardLog log = new ShardLog(0);
        List<byte[]> frames = new ArrayList<>();
        frames.add(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)));
        frames.add(log.frame(transfer(BANK, ANNA, 1)));
        frames.add(log.frame(transfer(BANK, ANNA, 2)));
        frames.add(ShardLog.orphan(0, 1, 3, 4, new WireWriter(1)));
        frames.add(log.frame(transfer(BANK, ANNA, 4)));

        assertThatThrownBy(() -> deliver(projector, 0, frames)).isInstanceOf(DamagedLogException.class);

        assertThat(metrics.frames).hasValue(3);
        assertThat(database.rows("SELECT next_sequence, executed_before FROM projection_positions"))
                .containsExactly("3 | 3");
        assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'"))
                .isEqualTo(1);
    }

    @Test
    void tellsHooksOfRowsBeforeAndAfterTheirCommit() {
        List<String> told = new ArrayList<>();
        AtomicBoolean refusing = new AtomicBoolean(true);
        BatchProjector hooked = projector(new SqlTarget(DOMAINS), new ProjectionHook() {
            @Override
            public void before(ProjectedRows rows) {
                told.add("before " + rows.rows().size() + ", " + database.number("SELECT count(*) FROM accounts"));
                if (refusing.getAndSet(false)) {
                    throw new IllegalStateException("not yet");
                }
            }

            @Override
            public void after(ProjectedRows rows) {
                told.add("after " + rows.firstOffset() + " to " + rows.nextOffset() + ", "
                        + database.number("SELECT count(*) FROM accounts"));
                throw new IllegalStateException("goes no further");
            }
        });
        ShardLog log = new ShardLog(0);

        deliver(hooked, 0, List.of(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), log.frame()));

        assertThat(told).containsExactly("before 2, 0", "before 2, 0", "after 0 to 2, 2");
        assertThat(metrics.retries).hasValue(1);
    }

    @Test
    void keepsEveryEventForAudit() {
        BatchProjector audit = audit();
        ShardLog log = new ShardLog(3);
        deliver(
                audit,
                3,
                List.of(log.frame(
                        open(BANK, OpenAccount.UNLIMITED),
                        new RegisterParty("acme", ANNA, "main", "Anna \"the\" O'Neil", "anna@example.org"))));
        byte[] telling = log.frame(transfer(TRANSFER, BANK, BERT, 5, "refused"));
        deliver(audit, 3, List.of(telling, log.frame()));

        assertThat(database.rows("SELECT shard, log_offset, event_index, domain, type, aggregate_id, created_at,"
                        + " encode(frame_hash, 'hex') FROM events ORDER BY id"))
                .containsExactly(
                        "3 | 0 | 0 | ledger | AccountOpened | " + BANK + " | 2023-11-14 22:13:21.123457+00 | "
                                + hash(telling),
                        "3 | 1 | 0 | ledger | PartyRegistered | " + ANNA + " | 2023-11-14 22:13:21.123457+00 | "
                                + hash(telling));
        assertThat(database.rows("SELECT event FROM events WHERE type = 'PartyRegistered'"))
                .containsExactly("{\"type\":\"PartyRegistered\",\"tenant\":\"acme\",\"id\":\"" + ANNA
                        + "\",\"ledger\":\"main\",\"name\":\"***\",\"email\":\"***\"}");
        assertThat(database.rows("SELECT target, shard, next_sequence FROM projection_positions"))
                .containsExactly("events | 3 | 3");
        for (String change : List.of("UPDATE events SET event = ''", "DELETE FROM events")) {
            assertThatThrownBy(() -> database.execute(change)).hasStackTraceContaining("never changed or deleted");
        }
    }

    @Test
    void beginsTheAuditInTheMiddleOfALog() {
        ShardLog log = new ShardLog(0);
        receive(log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0)), 0);
        log.frame();
        byte[] quiet = log.frame();
        byte[] silent = log.frame(transfer(BANK, ANNA, 1));
        byte[] telling = log.frame(transfer(BANK, ANNA, 2));
        BatchProjector audit = audit();
        deliver(audit, 0, List.of(quiet));
        deliver(audit, 0, List.of(silent, telling, log.frame()));

        assertThat(database.rows("SELECT log_offset FROM events ORDER BY id")).containsExactly("2", "3");
        assertThat(metrics.skipped).hasValue(2);
        assertThat(metrics.damages).hasValue(0);
    }

    @Test
    void letsOneTargetGoOnWhileTheOtherIsDamaged() {
        ShardLog log = new ShardLog(0);
        byte[] first = log.frame(open(BANK, OpenAccount.UNLIMITED), open(ANNA, 0));
        byte[] second = log.frame();
        BatchProjector audit = audit();
        deliver(audit, 0, List.of(first, second));
        database.execute("UPDATE projection_positions SET frame_hash = sha256('x') WHERE target = 'events'");
        byte[] third = log.frame(transfer(BANK, ANNA, 3));
        byte[] last = log.frame();

        deliver(projector, 0, List.of(first, second, third, last));
        assertThatThrownBy(() -> deliver(audit, 0, List.of(third, last))).isInstanceOf(DamagedLogException.class);

        assertThat(database.rows("SELECT target, next_sequence FROM projection_positions ORDER BY 1"))
                .containsExactly("events | 2", "sql | 4");
    }

    private BatchProjector audit() {
        return projector(new EventsTarget());
    }

    private static String hash(byte[] frame) {
        return HexFormat.of().formatHex(LogFrame.parse(frame).hash());
    }

    private void receive(byte[] frame, int shard) {
        deliver(projector, shard, List.of(frame));
    }

    /** As the broker gives them, with a log that has what {@link #logs} was given. */
    private void deliver(BatchProjector into, int shard, List<byte[]> frames) {
        subscription(into, shard).project(frames.stream().map(LogFrame::parse).toList());
    }

    private List<UUID> openAccounts(ShardLog log, int count) {
        List<UUID> accounts = new ArrayList<>();
        List<OpenAccount> commands = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            accounts.add(UUID.randomUUID());
            commands.add(open(accounts.get(index), OpenAccount.UNLIMITED));
        }
        receive(log.frame(commands), log.shard());
        receive(log.frame(), log.shard());
        return accounts;
    }

    private static List<LedgerCommand> transfers(List<UUID> accounts, int count) {
        List<LedgerCommand> commands = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            UUID from = accounts.get(index % accounts.size());
            UUID to = accounts.get((index * 7 + 1) % accounts.size());
            commands.add(transfer(from, from.equals(to) ? accounts.get((index + 1) % accounts.size()) : to, 1 + index));
        }
        return commands;
    }

    private List<String> everything() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("accounts", "transfers", "entries", "projection_positions")) {
            rows.addAll(database.rows("SELECT * FROM " + table + " ORDER BY 1, 2"));
        }
        return rows;
    }

    private static OpenAccount open(UUID id, long minBalanceMinor) {
        return new OpenAccount(id, "main", "EUR", minBalanceMinor);
    }

    private static PostTransfer transfer(UUID from, UUID to, long amountMinor) {
        return transfer(UUID.randomUUID(), from, to, amountMinor, "");
    }

    private static PostTransfer transfer(UUID id, UUID from, UUID to, long amountMinor, String reference) {
        return new PostTransfer(id, from, to, amountMinor, reference);
    }
}
