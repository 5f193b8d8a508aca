package io.mainstay.verification.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.client.MainstayClient;
import io.mainstay.client.Retry;
import io.mainstay.launcher.LauncherException;
import io.mainstay.verification.harness.TestServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Kills the server again and again, and PostgreSQL every second time, while clients move money, and audits the books at
 * the end.
 *
 * <p>{@code -Dmainstay.crash.seed} repeats the clients' choices of a run; the moments of death are never the same.
 * {@code -Dmainstay.crash.kills} has the server killed more often.
 */
class CrashIT {
    private static final int CLIENTS = 16;
    private static final int KILLS = Integer.getInteger("mainstay.crash.kills", 5);
    private static final int KILL_IN_RECOVERY = 3;
    private static final int ANSWERS_BETWEEN_KILLS_MIN = 300;
    private static final int ANSWERS_BETWEEN_KILLS_SPREAD = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Retry PATIENT =
            new Retry(Duration.ofMinutes(3), Duration.ofMillis(20), Duration.ofMillis(200));

    private final long seed = Long.getLong("mainstay.crash.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final TestServer server = TestServer.start(
            "crash",
            // Snapshots and truncation are under way whenever the server dies.
            Map.of(
                    "MAINSTAY_SNAPSHOT_INTERVAL", "1s",
                    "MAINSTAY_SNAPSHOT_COMMANDS", "500",
                    "MAINSTAY_LOG_COMPRESSION", "zstd"));
    private final MainstayClient patient = server.client(PATIENT);
    private final MainstayClient hasty = server.client(Retry.NEVER);
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();
    private final List<Long> restartMillis = new ArrayList<>();

    @AfterEach
    void stop() {
        stopped.set(true);
        threads.shutdownNow();
        server.close();
        patient.close();
        hasty.close();
    }

    @Test
    void losesAndDoublesNothingWhenServerAndDatabaseAreKilled() throws Exception {
        say("seed " + seed);
        Ledgers ledgers = Ledgers.open(patient, random);
        assertThat(ledgers.shards()).as("shards with accounts").hasSizeGreaterThan(1);
        List<Future<List<Attempt>>> clients = startClients(ledgers);

        for (int kill = 1; kill <= KILLS; kill++) {
            awaitAnswers(clients);
            server.kill();
            if (kill == KILL_IN_RECOVERY) {
                killInRecovery();
            }
            restart();
            if (kill % 2 == 0) {
                awaitAnswers(clients);
                server.killDatabase();
                // Commands go on without it.
                awaitAnswers(clients);
                server.start();
            }
        }
        awaitAnswers(clients);
        stopped.set(true);
        List<List<Attempt>> history = new ArrayList<>();
        for (Future<List<Attempt>> client : clients) {
            history.add(client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        Books books = booksAfterCatchUp(ledgers);
        say(counts(history) + ", restarts " + restartMillis + " ms");
        assertThat(LedgerAudit.faults(ledgers.openedWithMin(), ledgers.shardOf(), history, books))
                .as("faults, seed " + seed)
                .isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.http()
                                .post("/v1/operations/reconcile", "{}")
                                .hasStatus(200)
                                .json()
                                .getBoolean("equal"))
                        .as("equal by ./mainstay reconcile, seed " + seed)
                        .isTrue());

        server.stop();
        server.start();
        assertThat(Books.memory(ledgers.openedWithMin().keySet(), patient))
                .as("memory after a restart in order, seed " + seed)
                .isEqualTo(books.memory());
    }

    private List<Future<List<Attempt>>> startClients(Ledgers ledgers) {
        List<Future<List<Attempt>>> clients = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            clients.add(
                    threads.submit(new CrashClient(patient, hasty, ledgers, random.split(), answers, stopped::get)));
        }
        return clients;
    }

    /** Lets the clients work for a while, to a moment that nobody can foresee. */
    private void awaitAnswers(List<Future<List<Attempt>>> clients) {
        long wanted = answers.get() + ANSWERS_BETWEEN_KILLS_MIN + random.nextInt(ANSWERS_BETWEEN_KILLS_SPREAD);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> answers.get() >= wanted || clients.stream().anyMatch(Future::isDone));
        for (Future<List<Attempt>> client : clients) {
            assertThat(client)
                    .as("a client that ended early, seed " + seed)
                    .satisfiesAnyOf(
                            running -> assertThat(running).isNotDone(), ended -> ended.get(0, TimeUnit.SECONDS));
        }
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(20).toNanos()));
    }

    private void restart() {
        long start = System.nanoTime();
        server.start();
        restartMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    /** Dies once more, somewhere between the start of its process and being ready. */
    private void killInRecovery() {
        CompletableFuture<Void> start = CompletableFuture.runAsync(server::start, threadPerTask());
        LockSupport.parkNanos(Duration.ofMillis(2_000 + random.nextInt(8_000)).toNanos());
        server.kill();
        try {
            start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            say("ready before it was killed again");
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(LauncherException.class);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the start neither ended nor failed", e);
        }
    }

    private static Executor threadPerTask() {
        return task -> Thread.ofPlatform().start(task);
    }

    private Books booksAfterCatchUp(Ledgers ledgers) throws Exception {
        long start = System.nanoTime();
        try (Connection database = server.database()) {
            // Memory is looked at again and again: transfers between shards that nobody waits for go on to their end.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Books.accounts(database))
                            .isEqualTo(Books.memory(ledgers.openedWithMin().keySet(), patient))
                            .satisfies(balances -> assertThat(balances.values().stream()
                                            .mapToLong(Books.Balance::balanceMinor)
                                            .sum())
                                    .isZero()));
            say("PostgreSQL caught up after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
            return Books.read(ledgers.openedWithMin().keySet(), patient, database);
        }
    }

    private static String counts(List<List<Attempt>> history) {
        int answered = 0;
        int refused = 0;
        int unlearned = 0;
        for (List<Attempt> client : history) {
            for (Attempt attempt : client) {
                switch (attempt.result()) {
                    case Attempt.Answered ignored -> answered++;
                    case Attempt.Refused ignored -> refused++;
                    case Attempt.Unlearned ignored -> unlearned++;
                }
            }
        }
        return "%d clients, %d transfers answered, %d refused, %d never learned"
                .formatted(history.size(), answered, refused, unlearned);
    }

    private static void say(String line) {
        System.out.println("CrashIT: " + line);
    }
}
