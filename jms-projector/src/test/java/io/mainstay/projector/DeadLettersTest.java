package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.deadletters.DeadLetterDetails;
import io.mainstay.core.deadletters.DeadLetterQuery;
import io.mainstay.core.deadletters.DeadLetterRefusal;
import io.mainstay.core.deadletters.RetryReport;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionHook;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.targets.ToldEvent;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PartyRegistered;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.RegisterParty;
import io.mainstay.domain.ledger.TransferPosted;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events that cannot be projected, on a real PostgreSQL. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class DeadLettersTest {
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), () -> 0.5);
    private static final int OPEN_MAX = 6;
    private static final UUID BANK = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID BERT = UUID.fromString("00000000-0000-4000-8000-000000000003");
    private static final UUID CARL = UUID.fromString("00000000-0000-4000-8000-000000000004");
    private static final UUID DORA = UUID.fromString("00000000-0000-4000-8000-000000000005");
    private static final String UNLUCKY = "ALTER TABLE entries ADD CONSTRAINT chk_unlucky CHECK (amount_minor <> 13)";
    private static final String LUCKY = "ALTER TABLE entries DROP CONSTRAINT IF EXISTS chk_unlucky";

    private static EmbeddedServer server;

    private final List<LogRecord> said = new CopyOnWriteArrayList<>();
    private final Handler listener = new Listener();
    private final List<byte[]> frames = new ArrayList<>();
    private final List<ProjectedRows> hooked = new CopyOnWriteArrayList<>();
    private final Moody target = new Moody();
    private CountedMetrics metrics;
    private StopSignal stop;
    private Database database;
    private StandaloneTransaction transaction;
    private final AtomicInteger transactions = new AtomicInteger();
    private BatchProjector projector;
    private DeadLetterDesk desk;
    private ShardLog log;

    @BeforeAll
    static void startDatabase(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
        server.database().migrate();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        server.close();
    }

    @BeforeEach
    void start() {
        database = server.database();
        database.execute(LUCKY);
        database.empty();
        log = new ShardLog(0);
        startServer();
        Logger.getLogger(BatchProjector.class.getName()).addHandler(listener);
    }

    @AfterEach
    void end() {
        Logger.getLogger(BatchProjector.class.getName()).removeHandler(listener);
        stopServer();
        database.execute(LUCKY);
    }

    /** From how many new rows of a table on they are copied. */
    int copyRowsMin() {
        return 500;
    }

    private void startServer() {
        metrics = new CountedMetrics();
        stop = new StopSignal();
        transaction = new StandaloneTransaction(database.dataSource());
        Hooks hooks = new Hooks(List.of(new ProjectionHook() {
            @Override
            public void after(ProjectedRows rows) {
                hooked.add(rows);
            }
        }));
        FrameProjection projection = new FrameProjection(
                target, DOMAINS, new RowTypes(List.of(target)), copyRowsMin(), OPEN_MAX, Clock.systemUTC());
        projector = new BatchProjector(
                projection,
                new FrameTransaction() {
                    @Override
                    public <R> R run(Function<EntityManager, R> work) {
                        transactions.incrementAndGet();
                        return transaction.run(work);
                    }
                },
                hooks,
                metrics,
                BACKOFF,
                new CircuitBreaker(BACKOFF, Clock.systemUTC(), stop),
                stop);
        desk = new DeadLetterDesk(
                Map.of(
                        target.name(),
                        new DeadLetterDesk.Target(
                                projection,
                                new DeadLetterReplay(projection, DOMAINS, hooks, Clock.systemUTC()),
                                metrics)),
                transaction,
                hooks,
                BACKOFF,
                Thread::new,
                stop);
    }

    private void stopServer() {
        stop.stop();
        transaction.close();
    }

    @Test
    void parksAnEventThatTheDatabaseRefusesAndItsFollowersAndLetsAllOthersGoOn() {
        openAccounts();
        database.execute(UNLUCKY);
        write(
                transfer(BANK, DORA, 1),
                transfer(BANK, ANNA, 13),
                transfer(CARL, DORA, 2),
                transfer(ANNA, BERT, 4),
                transfer(CARL, DORA, 5),
                transfer(BERT, DORA, 6));
        write();
        project();

        assertThat(letters()).containsExactly("7/0 PARKED", "9/0 QUEUED", "11/0 QUEUED");
        assertThat(amounts()).containsExactly("1", "2", "5");
        assertThat(position()).isEqualTo("4 | 12");
        assertThat(metrics.parked).hasValue(3);
        assertThat(metrics.deadLetters).hasValue(3);
        DeadLetter poison = list().get(0);
        assertThat(poison.cause()).contains("SQLSTATE 23514", "chk_unlucky").doesNotContain("Failing row");
        assertThat(poison.type()).isEqualTo("TransferPosted");
        assertThat(poison.domain()).isEqualTo("ledger");
        assertThat(poison.rows()).contains("accounts id=" + BANK, "accounts id=" + ANNA);
        assertThat(details(poison.id()).stack())
                .contains("io.mainstay.projector.")
                .doesNotContain("Failing row");
        assertThat(severe())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .contains("event 0 of offset 7", "TransferPosted", "chk_unlucky")
                        .doesNotContain(ANNA.toString()));

        // DORA's own row waits behind the letter at 11, so this one does too; rows of nobody's trouble go on.
        write(transfer(CARL, DORA, 7));
        UUID emil = UUID.randomUUID();
        write(new OpenAccount(emil, "main", "EUR", OpenAccount.UNLIMITED), transfer(emil, CARL, 8));
        write();
        project();
        assertThat(letters()).containsExactly("7/0 PARKED", "9/0 QUEUED", "11/0 QUEUED", "12/0 QUEUED", "14/0 QUEUED");
        assertThat(database.number("SELECT count(*) FROM accounts WHERE id = '" + emil + "'"))
                .isOne();
    }

    @Test
    void retryBringsExactlyTheRowsOfAProjectionWithoutTrouble() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13), transfer(CARL, DORA, 2), transfer(ANNA, BERT, 4), transfer(BERT, BANK, 13));
        write();
        project();
        assertThat(letters()).containsExactly("6/0 PARKED", "8/0 QUEUED", "9/0 QUEUED");

        RetryReport inVain = get(desk.retry(list().get(2).id()));
        assertThat(inVain).isEqualTo(new RetryReport("sql", 0, 0, 1, 2));
        assertThat(list()).extracting(DeadLetter::retries).containsExactly(1, 0, 0);

        database.execute(LUCKY);
        hooked.clear();
        RetryReport mended = get(desk.retry(list().get(1).id()));

        assertThat(mended).isEqualTo(new RetryReport("sql", 0, 3, 0, 0));
        assertThat(list()).isEmpty();
        assertThat(metrics.deadLetters).hasValue(0);
        assertThat(hooked).hasSize(3);
        assertThat(database.rows("SELECT DISTINCT state, event IS NULL, retries FROM dead_letters ORDER BY retries"))
                .containsExactly("resolved | t | 1", "resolved | t | 2");
        assertIsAsWithoutTrouble();
    }

    @Test
    void retriesWhileProjectionGoesOn() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13), transfer(ANNA, BERT, 1));
        write();
        project();
        List<byte[]> more = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            more.add(log.frame(transfer(CARL, DORA, 1), transfer(DORA, CARL, 1)));
        }
        more.add(log.frame(transfer(ANNA, BERT, 2)));
        more.add(log.frame());
        frames.addAll(more);
        UUID letter = list().get(0).id();
        database.execute(LUCKY);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> projected = threads.submit(() -> more.forEach(frame -> project(List.of(frame))));
            RetryReport report = get(desk.retry(letter));
            assertThat(report.resolvedCount()).isEqualTo(2);
            projected.get(60, TimeUnit.SECONDS);
        }

        assertThat(list()).isEmpty();
        assertIsAsWithoutTrouble();
    }

    @Test
    void parksAnEventWhoseRuleThrowsWithTheAggregatesThatItChanges() throws Exception {
        openAccounts();
        target.hates = "secret of Anna";
        write(
                new PostTransfer(UUID.randomUUID(), BANK, ANNA, 3, "secret of Anna"),
                transfer(CARL, DORA, 2),
                transfer(ANNA, BERT, 4));
        write();
        project();

        assertThat(letters()).containsExactly("6/0 PARKED", "8/0 QUEUED");
        assertThat(amounts()).containsExactly("2");
        DeadLetterDetails details = details(list().get(0).id());
        assertThat(details.letter().cause()).contains("IllegalStateException").doesNotContain("secret");
        assertThat(details.stack()).contains("DeadLettersTest$Moody.project").doesNotContain("secret");
        assertThat(severe()).allSatisfy(message -> assertThat(message).doesNotContain("secret"));

        target.hates = "nothing";
        assertThat(get(desk.retry(list().get(0).id())).resolvedCount()).isEqualTo(2);
        assertIsAsWithoutTrouble();
    }

    @Test
    void showsAnEventWithoutPersonalData() throws Exception {
        target.hates = "Anna Schmidt";
        write(new RegisterParty("", ANNA, "main", "Anna Schmidt", "anna@example.org"));
        write();
        project();

        DeadLetterDetails details = details(list().get(0).id());
        assertThat(details.event()).contains("PartyRegistered", ANNA.toString(), "***");
        assertThat(details.toString()).doesNotContain("Schmidt", "example.org");
    }

    @Test
    void parksAnEventWhoseRowIsMissingAndTheFollowersOfEachRow() throws Exception {
        openAccounts();
        database.execute("DELETE FROM accounts WHERE id = '" + ANNA + "'");
        write(transfer(BANK, ANNA, 3), transfer(CARL, DORA, 2), transfer(BANK, BERT, 4));
        write();
        project();

        assertThat(letters()).containsExactly("6/0 PARKED", "8/0 QUEUED");
        assertThat(list().get(0).cause()).contains("accounts [" + ANNA + "] has changed but has no row");
        assertThat(amounts()).containsExactly("2");
    }

    @Test
    void parksAnEventWhoseRowIsThereAlready() throws Exception {
        openAccounts();
        write(new OpenAccount(UUID.fromString("00000000-0000-4000-8000-00000000000f"), "main", "EUR", 0));
        database.execute("INSERT INTO accounts SELECT '00000000-0000-4000-8000-00000000000f', ledger, asset,"
                + " min_balance_minor, balance_minor, 7, shard, created_at, updated_at, deleted_at FROM accounts"
                + " WHERE id = '" + ANNA + "'");
        write(transfer(CARL, DORA, 2));
        write();
        project();

        assertThat(letters()).containsExactly("6/0 PARKED");
        assertThat(list().get(0).cause()).contains("SQLSTATE 23505");
        assertThat(amounts()).containsExactly("2");
    }

    @Test
    void discardPassesAnEventOverSoThatItsFollowersCanBeRetried() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13), transfer(ANNA, BERT, 4));
        write();
        project();
        UUID first = list().get(0).id();
        UUID second = list().get(1).id();

        assertThatThrownBy(() -> get(desk.discard(second, "olga", "no")))
                .hasCauseInstanceOf(DeadLetterRefusal.class)
                .hasMessageContaining("waits behind an earlier one");
        DeadLetterDetails discarded = get(desk.discard(first, "olga", "agreed with Anna's bank"));
        assertThat(discarded.letter().state()).isEqualTo(State.DISCARDED);
        assertThat(discarded.closedBy()).isEqualTo("olga");
        assertThat(discarded.closedBecause()).isEqualTo("agreed with Anna's bank");
        assertThat(discarded.event()).isNull();
        assertThat(database.rows("SELECT balance_minor, version FROM accounts WHERE id IN ('" + BANK + "', '" + ANNA
                        + "') ORDER BY id"))
                .containsExactly("0 | 2", "0 | 2");

        assertThat(get(desk.retry(second)).resolvedCount()).isOne();
        assertThat(amounts()).containsExactly("4");
        write(transfer(BANK, ANNA, 1));
        write();
        project();
        assertThat(list()).isEmpty();
        assertThat(database.rows("SELECT balance_minor, version FROM accounts WHERE id = '" + ANNA + "'"))
                .containsExactly("10 | 4");
        assertThatThrownBy(() -> get(desk.discard(first, "olga", "again")))
                .hasCauseInstanceOf(DeadLetterRefusal.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> get(desk.show(UUID.randomUUID()))).hasCauseInstanceOf(DeadLetterRefusal.class);
    }

    @Test
    void keepsLettersOverARestartAndQueuesBehindThem() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13));
        write();
        project();
        stopServer();
        startServer();
        write(transfer(ANNA, BERT, 1), transfer(CARL, DORA, 1));
        write();
        project();

        assertThat(letters()).containsExactly("6/0 PARKED", "7/0 QUEUED");
        assertThat(metrics.deadLetters).hasValue(2);
        stopServer();
        startServer();
        assertThat(projector.position(0)).isPresent();
        assertThat(metrics.deadLetters).hasValue(2);
        database.execute(LUCKY);
        assertThat(get(desk.retry(list().get(0).id())).resolvedCount()).isEqualTo(2);
        assertIsAsWithoutTrouble();
    }

    @Test
    void stopsWhenMoreLettersThanTheLimitWouldBeOpenAndGoesOnWhenTheyAreRetried() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13));
        for (int number = 0; number < OPEN_MAX; number++) {
            write(transfer(ANNA, BERT, 1));
        }
        write();
        assertThatThrownBy(this::project)
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("mainstay.projection.dead-letters.max")
                .hasMessageContaining("more than 6 dead letters");
        assertThat(list()).hasSize(OPEN_MAX);
        database.execute(LUCKY);
        assertThat(get(desk.retry(list().get(0).id())).resolvedCount()).isEqualTo(OPEN_MAX);
        project();

        assertThat(list()).isEmpty();
        assertIsAsWithoutTrouble();
    }

    @Test
    void findsEachOfSeveralPoisonEventsOfABatch() throws Exception {
        openAccounts();
        UUID[] pairs = new UUID[12];
        for (int index = 0; index < pairs.length; index++) {
            pairs[index] = new UUID(0x4000, 0x8000_0000_0000_0000L | index);
            write(new OpenAccount(pairs[index], "main", "EUR", OpenAccount.UNLIMITED));
        }
        database.execute(UNLUCKY);
        write(
                transfer(pairs[0], pairs[1], 13),
                transfer(pairs[2], pairs[3], 1),
                transfer(pairs[4], pairs[5], 13),
                transfer(pairs[6], pairs[7], 2));
        write(transfer(pairs[8], pairs[9], 3), transfer(pairs[10], pairs[11], 13));
        write();
        project();

        assertThat(letters()).containsExactly("18/0 PARKED", "20/0 PARKED", "23/0 PARKED");
        assertThat(amounts()).containsExactly("1", "2", "3");
        database.execute(LUCKY);
        get(desk.retry(list().get(0).id()));
        assertIsAsWithoutTrouble();
    }

    @Test
    void findsAPoisonEventAmongAThousandInFewTransactions() throws Exception {
        openAccounts();
        List<LedgerCommand> commands = new ArrayList<>();
        for (int index = 0; index < 1000; index++) {
            commands.add(transfer(CARL, DORA, 1));
        }
        commands.add(transfer(ANNA, BERT, 13));
        database.execute(UNLUCKY);
        write(commands.toArray(LedgerCommand[]::new));
        write();
        transactions.set(0);
        project();

        assertThat(letters()).containsExactly("1006/0 PARKED");
        assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(2000);
        // Halves of the frames, ten trials, and the frame without the event.
        assertThat(transactions.get()).isLessThanOrEqualTo(18);
    }

    @Test
    void parksAnEventWhoseBytesCannotBeRead() throws Exception {
        WireWriter batch = new WireWriter(64);
        FrameWriter.writeExecuted(batch, 0, 1, ShardLog.START_MICROS);
        new LoggedOutcome.Accepted(
                        1,
                        List.of(new LoggedEvent(new LedgerDomain().id(), new byte[] {99, 1, 2})),
                        List.of(),
                        List.of())
                .write(batch);

        byte[] first = log.frame(account(BANK));
        byte[] hash = LogFrame.parse(first).hash();
        FrameWriter second = new FrameWriter(256, hash);
        second.write(
                new FrameHeader(0, 1, 1, 1, 0, ShardLog.START_MICROS, 0, Map.of(), hash), batch, new WireWriter(1));

        project(List.of(first, Arrays.copyOf(second.bytes(), second.size())));

        assertThat(letters()).containsExactly("0/0 PARKED");
        assertThat(position()).isEqualTo("2 | 1");
        DeadLetterDetails details = details(list().get(0).id());
        assertThat(details.event()).isNull();
        assertThat(details.letter().type()).isEmpty();
        assertThat(details.letter().cause()).contains("WireException");
        assertThat(get(desk.retry(details.letter().id())).parkedCount()).isOne();
        assertThat(get(desk.discard(details.letter().id(), "olga", "never readable"))
                        .letter()
                        .state())
                .isEqualTo(State.DISCARDED);
    }

    @Test
    void listsPageByPageAndByStateTargetAndShard() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13), transfer(ANNA, BERT, 1), transfer(ANNA, BERT, 2));
        write();
        project();

        List<DeadLetter> first = get(desk.list(query(Optional.empty(), 2, Optional.empty())));
        assertThat(first).extracting(DeadLetter::offset).containsExactly(6L, 7L);
        assertThat(get(desk.list(
                        query(Optional.empty(), 2, Optional.of(first.get(1).id())))))
                .extracting(DeadLetter::offset)
                .containsExactly(8L);
        assertThat(get(desk.list(query(Optional.of(State.QUEUED), 9, Optional.empty()))))
                .hasSize(2);
        assertThat(get(desk.list(new DeadLetterQuery(
                        Optional.of("events"), OptionalInt.empty(), Optional.empty(), 9, Optional.empty()))))
                .isEmpty();
        assertThat(get(desk.list(new DeadLetterQuery(
                        Optional.empty(), OptionalInt.of(1), Optional.empty(), 9, Optional.empty()))))
                .isEmpty();
    }

    @Test
    void saysThatTheDatabaseDoesNotServeAndParksNothingForIt() throws Exception {
        openAccounts();
        database.execute(UNLUCKY);
        write(transfer(BANK, ANNA, 13));
        write();
        project();
        UUID letter = list().get(0).id();
        database.execute("ALTER TABLE entries RENAME TO entries_elsewhere");
        try {
            assertThatThrownBy(() -> get(desk.retry(letter)))
                    .hasCauseInstanceOf(EngineException.class)
                    .hasMessageContaining("42P01");
        } finally {
            database.execute("ALTER TABLE entries_elsewhere RENAME TO entries");
        }
        assertThat(list().get(0).retries()).isZero();
    }

    private static DeadLetterQuery query(Optional<State> state, int limit, Optional<UUID> after) {
        return new DeadLetterQuery(Optional.of("sql"), OptionalInt.of(0), state, limit, after);
    }

    private void openAccounts() {
        write(
                account(BANK),
                account(ANNA),
                account(BERT),
                account(CARL),
                account(DORA),
                account(UUID.fromString("00000000-0000-4000-8000-000000000006")));
        write();
        project();
        assertThat(list()).isEmpty();
    }

    private void write(LedgerCommand... commands) {
        frames.add(log.frame(commands));
    }

    /** All frames so far; those that are projected are skipped. */
    private void project() {
        project(frames);
    }

    private void project(List<byte[]> some) {
        List<LogFrame> rest = some.stream().map(LogFrame::parse).toList();
        while (!rest.isEmpty()) {
            int done = projector.project(0, rest).done();
            assertThat(done).isPositive();
            rest = rest.subList(done, rest.size());
        }
    }

    /** Projects all frames once more, from the beginning, and compares. */
    private void assertIsAsWithoutTrouble() {
        List<String> mended = everything();
        database.execute(LUCKY);
        database.empty();
        project();
        assertThat(list()).isEmpty();
        assertThat(mended).isEqualTo(everything());
    }

    private List<String> everything() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("accounts", "parties", "transfers", "entries")) {
            rows.addAll(database.rows("SELECT * FROM " + table + " ORDER BY 1, 2"));
        }
        rows.addAll(database.rows(
                "SELECT target, shard, next_sequence, next_offset, executed_before FROM projection_positions"));
        return rows;
    }

    private List<String> letters() {
        return list().stream()
                .map(letter -> letter.offset() + "/" + letter.index() + " " + letter.state())
                .toList();
    }

    private List<DeadLetter> list() {
        return get(desk.list(query(Optional.empty(), 100, Optional.empty())));
    }

    private DeadLetterDetails details(UUID id) {
        return get(desk.show(id));
    }

    private List<String> amounts() {
        return database.rows("SELECT amount_minor FROM entries WHERE amount_minor > 0 ORDER BY log_offset");
    }

    private String position() {
        return database.rows("SELECT next_sequence, executed_before FROM projection_positions")
                .get(0);
    }

    private List<String> severe() {
        return said.stream()
                .filter(record -> record.getLevel().equals(Level.SEVERE))
                .map(LogRecord::getMessage)
                .toList();
    }

    private static <R> R get(CompletionStage<R> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static OpenAccount account(UUID id) {
        return new OpenAccount(id, "main", "EUR", OpenAccount.UNLIMITED);
    }

    private static PostTransfer transfer(UUID from, UUID to, long amountMinor) {
        return new PostTransfer(UUID.randomUUID(), from, to, amountMinor, "");
    }

    /** The domains' tables, by a rule that throws at a certain text. */
    private static final class Moody implements ProjectionTarget {
        private final SqlTarget sql = new SqlTarget(DOMAINS);
        private volatile String hates = "nothing";

        @Override
        public String name() {
            return sql.name();
        }

        @Override
        public List<Table> tables() {
            return sql.tables();
        }

        @Override
        public void project(ToldEvent<?> event, RowChanges rows) {
            String text = switch (event.event()) {
                case TransferPosted posted -> posted.reference();
                case PartyRegistered registered -> registered.name();
                default -> "-";
            };
            if (text.equals(hates)) {
                throw new IllegalStateException("cannot stand " + text);
            }
            sql.project(event, rows);
        }
    }

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord record) {
            said.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
