package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projection while the database comes and goes. */
final class OutageTest {
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    private static final UUID BANK = UUID.randomUUID();
    private static final UUID ANNA = UUID.randomUUID();
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), () -> 0.5);

    private final StopSignal stop = new StopSignal();
    private final CountedMetrics metrics = new CountedMetrics();
    private final ReplayedLogs logs = new ReplayedLogs(DOMAINS);
    private final CircuitBreaker breaker = new CircuitBreaker(BACKOFF, Clock.systemUTC(), stop);

    @AfterEach
    void end() {
        stop.stop();
    }

    @Test
    void startsWithoutDatabaseAndCatchesUpAfterEachOutage(@TempDir Path directory) throws Exception {
        EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
        Database database = server.database();
        server.close();
        Schema schema = schema(database);
        ShardLog log = new ShardLog(0);
        append(log.frame(
                new OpenAccount(BANK, "main", "EUR", OpenAccount.UNLIMITED), new OpenAccount(ANNA, "main", "EUR", 0)));

        try (StandaloneTransaction transaction = new StandaloneTransaction(database.dataSource());
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Subscription subscription = subscription(transaction, new BatchBounds(4, 1 << 20));
            threads.execute(schema::prepare);
            Future<?> reading = threads.submit(() -> {
                schema.await();
                subscription.run();
            });
            for (int count = 0; count < 20; count++) {
                subscription.offer(append(log.frame(new PostTransfer(UUID.randomUUID(), BANK, ANNA, 1, ""))));
            }
            assertThat(metrics.dropped)
                    .as("no room for them while nobody takes them")
                    .hasPositiveValue();
            server = server.startAgain();
            await().until(() -> metrics.executedBefore.getOrDefault(0, 0L) == 21);

            server.close();
            subscription.offer(append(log.frame(new PostTransfer(UUID.randomUUID(), BANK, ANNA, 1, ""))));
            await().until(() -> breaker.state() == CircuitBreaker.State.OPEN);
            int asked = metrics.retries.get();
            for (int count = 0; count < 19; count++) {
                subscription.offer(append(log.frame(new PostTransfer(UUID.randomUUID(), BANK, ANNA, 1, ""))));
            }
            subscription.offer(append(log.frame()));
            await().until(() -> metrics.retries.get() > asked + 2);
            server = server.startAgain();
            await().until(() -> metrics.executedBefore.getOrDefault(0, 0L) == 42);

            assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
            assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'"))
                    .isEqualTo(40);
            assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(80);
            assertThat(metrics.frames).hasValue(42);
            stop.stop();
            reading.get(5, TimeUnit.SECONDS);
        } finally {
            server.close();
        }
    }

    @Test
    void letsOneAskForAllWhileTheDatabaseIsAway() throws Exception {
        CircuitBreaker slow = new CircuitBreaker(
                new Backoff(Duration.ofMillis(300), Duration.ofMillis(300), () -> 0), Clock.systemUTC(), stop);
        slow.failed(SqlFailure.AWAY, new IllegalStateException("away"));
        AtomicInteger asking = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    slow.await();
                    asking.incrementAndGet();
                });
            }
            assertThat(asking).as("nobody asks while it is open").hasValue(0);
            await().until(() -> slow.state() == CircuitBreaker.State.HALF_OPEN);
            await().untilAtomic(asking, Matchers.equalTo(1));
            await().during(Duration.ofMillis(200)).until(() -> asking.get() == 1);

            slow.answered();
            await().untilAtomic(asking, Matchers.equalTo(4));
        }
    }

    @Test
    void stopsWaitingForADatabaseWhenTheApplicationStops(@TempDir Path directory) throws Exception {
        EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
        Database database = server.database();
        server.close();
        try (StandaloneTransaction transaction = new StandaloneTransaction(database.dataSource());
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Subscription subscription = subscription(transaction, new BatchBounds(64, 1 << 20));
            Schema schema = schema(database);
            Future<?> waiting = threads.submit(subscription);
            Future<?> migrating = threads.submit(schema::prepare);
            await().until(() -> metrics.retries.get() > 1);

            stop.stop();

            waiting.get(2, TimeUnit.SECONDS);
            migrating.get(2, TimeUnit.SECONDS);
            assertThat(schema.isReady()).isFalse();
            assertThatThrownBy(schema::await).isInstanceOf(StopSignal.StoppedException.class);
        }
    }

    @Test
    void standsStillAtADamageAndGoesOnWhenItIsMended(@TempDir Path directory) throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
                StandaloneTransaction transaction =
                        new StandaloneTransaction(server.database().dataSource());
                ExecutorService threads = Executors.newFixedThreadPool(1)) {
            server.database().migrate(DOMAINS);
            ShardLog log = new ShardLog(0);
            append(log.frame(new OpenAccount(BANK, "main", "EUR", OpenAccount.UNLIMITED)));
            Subscription subscription = subscription(transaction, new BatchBounds(64, 1 << 20));
            threads.execute(subscription);
            await().until(() -> metrics.frames.get() == 1);
            List<String> position =
                    server.database().rows("SELECT encode(frame_hash, 'hex') FROM projection_positions");
            server.database().execute("UPDATE projection_positions SET frame_hash = sha256('x')");

            subscription.offer(append(log.frame()));
            await().untilAtomic(metrics.damages, Matchers.equalTo(1));
            server.database()
                    .execute("UPDATE projection_positions SET frame_hash = decode('" + position.get(0) + "', 'hex')");

            await().atMost(Duration.ofSeconds(20)).untilAtomic(metrics.damages, Matchers.equalTo(0));
            assertThat(metrics.executedBefore).containsEntry(0, 1L);
            stop.stop();
        }
    }

    /** A frame that the log has from now on. */
    private LogFrame append(byte[] frame) {
        logs.add(0, frame);
        return LogFrame.parse(frame);
    }

    private Schema schema(Database database) {
        return new Schema(
                database.dataSource(),
                new Migrations(OutageTest.class.getClassLoader(), List.of(new SqlTarget(DOMAINS))),
                BACKOFF,
                stop);
    }

    private Subscription subscription(FrameTransaction transaction, BatchBounds bounds) {
        ProjectionTarget target = new SqlTarget(DOMAINS);
        BatchProjector projector = new BatchProjector(
                new FrameProjection(target, DOMAINS, new RowTypes(List.of(target)), 1, 100, Clock.systemUTC()),
                transaction,
                new Hooks(List.of()),
                metrics,
                BACKOFF,
                breaker,
                stop);
        return new Subscription(0, () -> logs.log(0), projector, bounds, metrics, BACKOFF, stop);
    }
}
