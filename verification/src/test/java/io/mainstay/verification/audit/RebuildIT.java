package io.mainstay.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A running server makes its tables anew; each test goes on where the one before has ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class RebuildIT {
    private static final String REBUILD = "/v1/operations/rebuild";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LEDGERS = 6;
    private static final int BATCHES = 24;
    private static final int BATCH_TRANSFERS = 1000;

    private static TestServer server;
    /** Payer and payee of each ledger, so that a transfer between them stays on its shard. */
    private static final List<UUID> PAYERS = new ArrayList<>();

    private static final List<UUID> PAYEES = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start("rebuild", Map.of("MAINSTAY_RECONCILE_INTERVAL", "0s"));
        for (int ledger = 0; ledger < LEDGERS; ledger++) {
            PAYERS.add(open(ledger));
            PAYEES.add(open(ledger));
        }
        for (int batch = 0; batch < BATCHES; batch++) {
            transfers(batch, BATCH_TRANSFERS);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void putsRightWhatWasChangedByHandWhileTransfersAndReadsGoOn() throws Exception {
        // Not one of those that transfers go on with: projecting them would take the change back.
        UUID changed = open(0);
        await().atMost(PATIENCE).until(() -> reconcile().code() == 0);
        sql("UPDATE accounts SET balance_minor = balance_minor + 1 WHERE id = '" + changed + "'");
        sql("DELETE FROM entries WHERE id = (SELECT id FROM entries LIMIT 1)");
        assertThat(reconcile().said()).contains("accounts id=" + changed + ": balance_minor is '");
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService load = Executors.newCachedThreadPool();
        try {
            Future<Integer> posted = load.submit(until(done, RebuildIT::transferSome));
            Future<Integer> read = load.submit(until(done, RebuildIT::readEntries));

            ProgramRun run = rebuild();
            done.set(true);

            assertThat(run.code()).as(run.said()).isZero();
            assertThat(run.said())
                    .containsPattern("target sql: [a-z]+, [0-9.]+ % of [0-9] shards, [0-9]+ rows, [0-9]+ rows/s")
                    .containsPattern("accounts: DIFFERS, 13 rows before, 13 rebuilt")
                    .containsPattern("entries: DIFFERS, [0-9]+ rows before, [0-9]+ rebuilt")
                    .containsPattern("transfers: [0-9]+ rows, equal")
                    .contains("Target sql is rebuilt: ");
            assertThat(posted.get(30, TimeUnit.SECONDS)).isPositive();
            assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            done.set(true);
            load.shutdownNow();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reconcile().said()).contains("are equal"));
        await().atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM entries") == 2 * number("SELECT count(*) FROM transfers"));
        awaitNothingLeft();
        awaitMetric("mainstay_rebuild_runs_total\\{[^}]*outcome=\"done\"[^}]*} 1");
        awaitMetric("mainstay_rebuild_running\\{?[^}]*}? 0");
        ProgramRun status = rebuild("--status");
        assertThat(status.code()).isZero();
        assertThat(status.said()).contains("Target sql is rebuilt: ");
        assertThat(rebuild("--status", "--target", "events").said()).contains("Nothing was rebuilt yet.");
    }

    @Test
    @Order(2)
    void refusesWhatItDoesNotKnow() throws Exception {
        server.http().post(REBUILD + "?target=disk", "{}").isProblem(400, "field-invalid");
        delete("?target=disk", 400, "field-invalid");
        delete("", 409, "rebuild-not-running");
        assertThat(rebuild("--target", "disk").code()).isEqualTo(2);
        assertThat(rebuild("--status", "--cancel").code()).isEqualTo(2);
        assertThat(rebuild("--cancel").code()).isEqualTo(1);
        assertThat(rebuild("--url", "http://127.0.0.1:1").code()).isEqualTo(3);
        assertThat(server.http().get("/openapi?format=json").body()).contains(REBUILD, "rebuiltRows");
    }

    @Test
    @Order(3)
    void isCancelled() throws Exception {
        whileSomebodyReads(() -> {
            assertThat(rebuild("--no-wait").code()).isZero();
            awaitState("switching");
            server.http().post(REBUILD + "?target=events", "{}").isProblem(409, "rebuild-running");

            ProgramRun cancelled = rebuild("--cancel");

            assertThat(cancelled.code()).isZero();
            assertThat(cancelled.said())
                    .contains("The rebuild of target sql was cancelled; its tables stay as they are.");
            awaitNothingLeft();
        });
        awaitMetric("mainstay_rebuild_runs_total\\{[^}]*outcome=\"cancelled\"[^}]*} 1");
        assertThat(last().getString("state")).isEqualTo("cancelled");
        transferSome();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reconcile().said()).contains("are equal"));
    }

    @Test
    @Order(4)
    void goesOnByItselfAfterAKill() throws Exception {
        whileSomebodyReads(() -> {
            assertThat(rebuild("--no-wait").code()).isZero();
            awaitState("switching");
            server.kill();
        });
        String id = text("SELECT id FROM rebuilds WHERE state = 'SWITCHING'");
        server.start();
        transferSome();

        await().atMost(PATIENCE).until(() -> last().getBoolean("ended"));

        assertThat(last().getString("state")).as(last().toString()).isEqualTo("done");
        assertThat(last().getString("id")).isEqualTo(id);
        assertThat(last().getJsonArray("compared").getValuesAs(JsonObject.class))
                .isNotEmpty()
                .allMatch(table -> table.getBoolean("equal"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reconcile().said()).contains("are equal"));
        awaitNothingLeft();
        readEntries();
    }

    private static Callable<Integer> until(AtomicBoolean done, Step step) {
        return () -> {
            int count = 0;
            for (; !done.get(); count++) {
                step.take();
            }
            return count;
        };
    }

    private static void transferSome() throws Exception {
        transfers(0, 10);
    }

    private static void readEntries() throws Exception {
        server.http().get("/v1/accounts/" + PAYEES.get(0) + "/entries?limit=5").hasStatus(200);
        server.http().get("/v1/accounts/" + PAYEES.get(0)).hasStatus(200);
    }

    /** So long the tables cannot be switched. */
    private static void whileSomebodyReads(Step body) throws Exception {
        try (Connection reader = server.database();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE accounts IN ACCESS SHARE MODE");
            body.take();
        }
    }

    private static void awaitState(String state) {
        await().atMost(PATIENCE).until(() -> last().getString("state").equals(state));
    }

    private static JsonObject last() throws Exception {
        return server.http()
                .get(REBUILD)
                .hasStatus(200)
                .json()
                .getJsonArray("rebuilds")
                .getJsonObject(0);
    }

    private static void delete(String query, int status, String problem) throws Exception {
        server.http().send("DELETE", REBUILD + query, null, Map.of()).isProblem(status, problem);
    }

    private static void awaitNothingLeft() {
        await().atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'mainstay_re%'") == 0);
    }

    private static void awaitMetric(String pattern) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                server.http().get("/metrics").hasStatus(200).body())
                        .containsPattern(pattern));
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

    private static void transfers(int round, int count) throws Exception {
        String order = "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":1}"
                .formatted(PAYERS.get(round % LEDGERS), PAYEES.get(round % LEDGERS));
        server.http()
                .post(
                        "/v1/transfers/batch",
                        IntStream.range(0, count)
                                .mapToObj(number -> order)
                                .collect(Collectors.joining(",", "{\"linked\":false,\"transfers\":[", "]}")))
                .hasStatus(200);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection database = server.database();
                Statement any = database.createStatement()) {
            any.execute(statement);
        }
    }

    private static long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    private static String text(String query) throws SQLException {
        try (Connection database = server.database();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).as(query).isTrue();
            return row.getString(1);
        }
    }

    private static ProgramRun rebuild(String... arguments) {
        return ProgramRun.of(Rebuild::execute, server, arguments);
    }

    private static ProgramRun reconcile() {
        return ProgramRun.of(Reconcile::execute, server);
    }

    private interface Step {
        void take() throws Exception;
    }
}
