package io.mainstay.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A running server compares its database with its engine; each test goes on where the one before has ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class ReconcileIT {
    private static final String RECONCILE = "/v1/operations/reconcile";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestServer server;
    private static final List<UUID> ACCOUNTS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start("reconcile", Map.of("MAINSTAY_RECONCILE_INTERVAL", "2s"));
        for (int number = 0; number < 12; number++) {
            ACCOUNTS.add(open(number));
        }
        for (int round = 0; round < 100; round++) {
            transfer(round);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void findsNoDifferenceWhileTransfersGoOn() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService load = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> posted = load.submit(() -> {
                int round = 0;
                for (; !done.get(); round++) {
                    transfer(round);
                }
                return round;
            });
            for (int round = 0; round < 5; round++) {
                JsonObject report = reconcile("").json();
                assertThat(report.getBoolean("equal")).as(report.toString()).isTrue();
                assertThat(report.getJsonArray("shards")).hasSize(4);
            }
            done.set(true);
            assertThat(posted.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            done.set(true);
            load.shutdownNow();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            ProgramRun run = run();
            assertThat(run.said()).contains("Engine and database are equal: 12 rows of 4 shards");
            assertThat(run.code()).isZero();
        });
    }

    @Test
    @Order(2)
    void refusesAShardThatIsNotThere() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> server.http().post(RECONCILE + "?shard=9", "{}").isProblem(400, "field-invalid"));
        server.http().post(RECONCILE + "?shard=x", "{}").isProblem(400, "field-invalid");
        assertThat(run("--shard", "9").code()).isEqualTo(2);
        assertThat(run("--url", "http://127.0.0.1:1").code()).isEqualTo(3);
        assertThat(server.http().get("/openapi?format=json").body()).contains(RECONCILE, "ReconcileReport");
    }

    @Test
    @Order(3)
    void findsARowThatWasChangedAndOneThatIsMissing() throws Exception {
        // New ones, because the projection of an earlier transfer would take the change back.
        UUID changed = open(0);
        UUID moved = open(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run().said()).contains("are equal: 14 rows of 4 shards"));
        await().atMost(PATIENCE).until(() -> metrics().contains("mainstay_reconcile_differences"));
        assertThat(metrics()).doesNotContainPattern("mainstay_reconcile_differences\\{[^}]*} [1-9]");
        try (Connection database = server.database();
                Statement statement = database.createStatement()) {
            statement.execute("UPDATE accounts SET balance_minor = balance_minor + 1 WHERE id = '" + changed + "'");
            statement.execute("UPDATE accounts SET shard = 200 WHERE id = '" + moved + "'");
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            ProgramRun run = run();
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.said())
                    .contains("accounts id=" + changed + ": balance_minor is '", "DIFFER in ")
                    .contains("accounts id=" + moved + ": not in the database")
                    .contains("accounts tenant= asset=EUR: sum of balance_minor is '");
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics())
                        .containsPattern("mainstay_reconcile_differences\\{[^}]*} [1-9]")
                        .containsPattern("mainstay_reconcile_runs_total\\{[^}]*outcome=\"different\"[^}]*} [1-9]"));
        assertThat(metrics()).containsPattern("mainstay_reconcile_age_seconds\\{?[^}]*}? [0-9]+");
        assertThat(Files.readString(server.log()))
                .contains("engine and database differ: shard ")
                .doesNotContain(changed.toString());
    }

    @Test
    @Order(4)
    void saysThatItCannotCompareWithoutTheDatabaseAndGoesOnWithIt() throws Exception {
        server.stopDatabase();

        await().atMost(PATIENCE)
                .untilAsserted(() -> server.http().post(RECONCILE, "{}").isProblem(503, "reconcile-unavailable"));
        assertThat(run().code()).isEqualTo(1);

        server.start();
        assertThat(reconcile("").json().getBoolean("equal")).isFalse();
        double before = runs("different");
        await().atMost(PATIENCE).until(() -> runs("different") > before + 1);
    }

    private static double runs(String outcome) throws Exception {
        Matcher sample = Pattern.compile(
                        "(?m)^mainstay_reconcile_runs_total\\{[^}]*outcome=\"" + outcome + "\"[^}]*} ([0-9.E]+)")
                .matcher(metrics());
        return sample.find() ? Double.parseDouble(sample.group(1)) : 0;
    }

    /** A comparison on schedule may be under way. */
    private static HttpAnswer reconcile(String query) {
        return await().atMost(PATIENCE)
                .until(() -> server.http().post(RECONCILE + query, "{}"), answer -> answer.status() == 200);
    }

    private static UUID open(int ledger) throws Exception {
        UUID id = UUID.randomUUID();
        server.http()
                .post(
                        "/v1/accounts",
                        "{\"id\":\"%s\",\"ledger\":\"ledger-%d\",\"asset\":\"EUR\",\"minBalanceMinor\":null}"
                                .formatted(id, ledger))
                .hasStatus(201);
        return id;
    }

    private static void transfer(int round) throws Exception {
        server.http()
                .post(
                        "/v1/transfers",
                        "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":%d}"
                                .formatted(
                                        ACCOUNTS.get(round % ACCOUNTS.size()),
                                        ACCOUNTS.get((round * 5 + 1) % ACCOUNTS.size()),
                                        round + 1))
                .hasStatus(201);
    }

    private static String metrics() throws Exception {
        return server.http().get("/metrics").hasStatus(200).body();
    }

    private static ProgramRun run(String... arguments) {
        return ProgramRun.of(Reconcile::execute, server, arguments);
    }
}
