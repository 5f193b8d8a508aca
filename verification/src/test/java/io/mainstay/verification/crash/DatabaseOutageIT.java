package io.mainstay.verification.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.client.MainstayClient;
import io.mainstay.client.PostTransfer;
import io.mainstay.client.Retry;
import io.mainstay.verification.harness.TestServer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Takes PostgreSQL away for a while under load: {@code -Dmainstay.outage.seconds} says how long.
 *
 * <p>Clients never repeat an order: one that fails is a failure.
 */
class DatabaseOutageIT {
    private static final int CLIENTS = 8;
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("mainstay.outage.seconds", 5));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OPEN = 2;

    private final TestServer server =
            TestServer.start("outage", Map.of("MAINSTAY_SNAPSHOT_INTERVAL", "2s", "MAINSTAY_SNAPSHOT_COMMANDS", "500"));
    private final MainstayClient client = server.client(Retry.NEVER);
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();

    @AfterEach
    void stop() {
        stopped.set(true);
        threads.shutdownNow();
        server.close();
        client.close();
    }

    @Test
    void noCommandFailsAndNothingIsLostOrDoubled() throws Exception {
        SplittableRandom random = new SplittableRandom();
        Ledgers ledgers = Ledgers.open(client, random);
        List<UUID> accounts = ledgers.openedWithMin().entrySet().stream()
                .filter(account -> account.getValue() == Long.MIN_VALUE)
                .map(Map.Entry::getKey)
                .toList();
        List<Future<?>> clients = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            UUID from = accounts.get(number % accounts.size());
            UUID to = accounts.get((number + 1) % accounts.size());
            clients.add(threads.submit(() -> post(from, to)));
        }
        await().atMost(PATIENCE).until(() -> answers.get() > 1_000 && metric("frames_total") > 0);

        server.stopDatabase();
        long before = answers.get();
        await().atMost(PATIENCE).until(() -> metric("breaker") == OPEN && metric("lag_milliseconds") > 0);
        server.http().get("/v1/accounts/" + accounts.get(0) + "/entries").isProblem(503, "projection-unavailable");
        Thread.sleep(OUTAGE.toMillis());
        double behind = metric("behind");
        long during = answers.get() - before;
        assertThat(clients).noneMatch(Future::isDone);
        assertThat(during).isPositive();
        assertThat(behind).as("log entries that wait").isPositive();
        assertThat(metric("lag_milliseconds")).isGreaterThanOrEqualTo((double) OUTAGE.toMillis());

        long startNanos = System.nanoTime();
        server.start();
        await().atMost(PATIENCE).until(() -> metric("breaker") == 0);
        TimeUnit.SECONDS.sleep(1);
        stopped.set(true);
        for (Future<?> done : clients) {
            done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        await().atMost(PATIENCE).until(() -> metric("behind") == 0 && metric("lag_milliseconds") == 0);
        System.out.printf(
                "PostgreSQL was away for %d s: %d transfers answered meanwhile, %.0f entries of the log behind; level again"
                        + " %d ms after its start was ordered, %.0f frames dropped and read from the log%n",
                OUTAGE.toSeconds(),
                during,
                behind,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
                metric("dropped_total"));

        assertThat(count("SELECT count(*) FROM transfers WHERE status = 'posted'"))
                .isEqualTo(answers.get());
        assertThat(count("SELECT count(*) FROM entries")).isEqualTo(2 * answers.get());
        assertThat(count("SELECT count(DISTINCT (transfer_id, account_id)) FROM entries"))
                .isEqualTo(2 * answers.get());
        assertThat(count("SELECT count(DISTINCT (shard, log_offset, event_index)) FROM events"))
                .isEqualTo(count("SELECT count(*) FROM events"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.http()
                                .post("/v1/operations/reconcile", "{}")
                                .hasStatus(200)
                                .json()
                                .getBoolean("equal"))
                        .isTrue());
        assertThat(Files.readAllLines(server.log()).stream()
                        .filter(line -> line.contains("projection waits for the database")))
                .as("said once")
                .hasSize(1);
    }

    private void post(UUID from, UUID to) {
        while (!stopped.get()) {
            client.send(
                    new PostTransfer(from, to, 1).as(UUID.randomUUID()),
                    UUID.randomUUID().toString());
            answers.incrementAndGet();
        }
    }

    /** Of the projection, over all targets and shards. */
    private double metric(String name) throws Exception {
        Matcher samples = Pattern.compile("(?m)^mainstay_projection_" + name + "(\\{[^}]*})? ([0-9.E]+)$")
                .matcher(server.http().get("/metrics").hasStatus(200).body());
        double sum = 0;
        while (samples.find()) {
            sum += Double.parseDouble(samples.group(2));
        }
        return sum;
    }

    private long count(String sql) throws Exception {
        try (Connection database = server.database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
