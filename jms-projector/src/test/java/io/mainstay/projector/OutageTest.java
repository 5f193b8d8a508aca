package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.core.domain.Domains;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    @Test
    void startsWithoutDatabaseAndCatchesUpAfterEachOutage(@TempDir Path directory) throws Exception {
        EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
        Database database = server.database();
        server.close();
        Schema schema = new Schema(
                database.dataSource(), new Migrations(OutageTest.class.getClassLoader(), DOMAINS), BACKOFF, stop);
        ShardLog log = new ShardLog(0);
        List<byte[]> frames = new ArrayList<>();
        frames.add(log.frame(
                new OpenAccount(BANK, "main", "EUR", OpenAccount.UNLIMITED), new OpenAccount(ANNA, "main", "EUR", 0)));
        for (int count = 0; count < 40; count++) {
            frames.add(log.frame(new PostTransfer(UUID.randomUUID(), BANK, ANNA, 1, "")));
        }
        frames.add(log.frame());

        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                StandaloneTransaction transaction = new StandaloneTransaction(database.dataSource())) {
            FrameReceiver receiver = receiver(transaction);
            Future<?> migrated = threads.submit(schema::prepare);
            Future<?> projected = threads.submit(() -> {
                schema.await();
                frames.subList(0, 20).forEach(frame -> receiver.receive(0, frame));
            });
            server = server.startAgain();
            get(migrated);
            get(projected);

            server.close();
            int retriesBefore = metrics.retries.get();
            Future<?> rest = threads.submit(() -> frames.subList(20, 42).forEach(frame -> receiver.receive(0, frame)));
            await().until(() -> metrics.retries.get() > retriesBefore + 2);
            server = server.startAgain();
            get(rest);

            assertThat(database.number("SELECT balance_minor FROM accounts WHERE id = '" + ANNA + "'"))
                    .isEqualTo(40);
            assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(80);
        } finally {
            server.close();
        }
    }

    @Test
    void stopsWaitingForADatabaseWhenTheApplicationStops(@TempDir Path directory) throws IOException {
        EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
        Database database = server.database();
        server.close();
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                StandaloneTransaction transaction = new StandaloneTransaction(database.dataSource())) {
            byte[] frame = new ShardLog(0).frame(new OpenAccount(BANK, "main", "EUR", 0));
            Schema schema = new Schema(
                    database.dataSource(), new Migrations(OutageTest.class.getClassLoader(), DOMAINS), BACKOFF, stop);
            Future<?> waiting = threads.submit(() -> receiver(transaction).receive(0, frame));
            Future<?> migrating = threads.submit(schema::prepare);
            await().until(() -> metrics.retries.get() > 1);

            stop.stop();

            await().atMost(Duration.ofSeconds(2)).until(() -> waiting.isDone() && migrating.isDone());
            assertThatThrownBy(waiting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StopSignal.StoppedException.class);
            assertThat(schema.isReady()).isFalse();
            assertThatThrownBy(schema::await).isInstanceOf(StopSignal.StoppedException.class);
        }
    }

    /** What does not end in time is told to stop, or the test would wait for its threads for ever. */
    private void get(Future<?> future) throws Exception {
        try {
            future.get(1, TimeUnit.MINUTES);
        } catch (TimeoutException late) {
            stop.stop();
            throw late;
        }
    }

    private FrameReceiver receiver(FrameTransaction transaction) {
        return new FrameReceiver(
                new FrameProjection(Projector.TARGET, DOMAINS, Clock.systemUTC()),
                transaction,
                metrics,
                BACKOFF,
                new Outage(Clock.systemUTC()),
                stop);
    }
}
