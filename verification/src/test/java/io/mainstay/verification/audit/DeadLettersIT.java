package io.mainstay.verification.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.client.DeadLetter;
import io.mainstay.client.DeadLetterDetails;
import io.mainstay.client.DeadLetterFilter;
import io.mainstay.client.DeadLetterRetry;
import io.mainstay.client.MainstayClient;
import io.mainstay.client.MainstayProblem;
import io.mainstay.client.Retry;
import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.TestServer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An operator finds an event that the database refuses, and mends it; each test goes on where the one before has ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class DeadLettersIT {
    private static final String DEAD_LETTERS = "/v1/operations/dead-letters";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestServer server;
    private static MainstayClient client;
    private static UUID anna;
    private static UUID bert;
    private static UUID carl;
    private static UUID dora;
    private static UUID emil;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start("dead-letters", Map.of("MAINSTAY_RECONCILE_INTERVAL", "0s"));
        client = server.client(Retry.DEFAULT);
        anna = open();
        bert = open();
        carl = open();
        dora = open();
        emil = open();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    @Order(1)
    void parksAnEventAndItsFollowersWhileAllOthersGoOn() throws Exception {
        execute("ALTER TABLE entries ADD CONSTRAINT chk_unlucky CHECK (amount_minor <> 13)");
        transfer(anna, bert, 13);
        transfer(bert, carl, 4);
        UUID other = transfer(dora, emil, 5);

        await().atMost(PATIENCE)
                .untilAsserted(() -> server.http().get("/v1/transfers/" + other).hasStatus(200));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(letters())
                        .extracting(DeadLetter::target, DeadLetter::state, DeadLetter::type)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple("sql", "parked", "TransferPosted"),
                                org.assertj.core.groups.Tuple.tuple("sql", "queued", "TransferPosted")));
        DeadLetterDetails details = client.deadLetter(letters().get(0).id());
        assertThat(details.letter().cause()).contains("23514", "chk_unlucky");
        assertThat(details.stack()).contains("io.mainstay.projector");
        assertThat(details.event()).isNotNull();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics())
                        .containsPattern("mainstay_projection_dead_letters\\{[^}]*} 2")
                        .containsPattern("mainstay_projection_parked_total\\{[^}]*} 2"));
        assertThat(Files.readString(server.log()))
                .contains("is not projected to sql")
                .doesNotContain("Failing row");
        assertThat(server.http().get("/openapi?format=json").body()).contains(DEAD_LETTERS, "DeadLetterPage");
    }

    @Test
    @Order(2)
    void refusesWhatIsNotThereOrNotNow() throws Exception {
        server.http().get(DEAD_LETTERS + "/" + UUID.randomUUID()).isProblem(404, "dead-letter-unknown");
        server.http().get(DEAD_LETTERS + "?state=lost").isProblem(400, "field-invalid");
        server.http().get(DEAD_LETTERS + "/7").isProblem(400, "field-invalid");
        UUID second = letters().get(1).id();
        assertThatThrownBy(() -> client.discardDeadLetter(second, "olga", "no"))
                .isInstanceOf(MainstayProblem.class)
                .hasMessageContaining("earlier");
    }

    @Test
    @Order(3)
    void retriesAfterARestartAndAMendedCause() throws Exception {
        server.kill();
        server.start();
        UUID first = await().atMost(PATIENCE)
                .until(() -> letters().stream().map(DeadLetter::id).toList(), ids -> ids.size() == 2)
                .get(0);
        DeadLetterRetry inVain = client.retryDeadLetters(first);
        assertThat(inVain.resolvedCount()).isZero();
        assertThat(inVain.parkedCount()).isOne();
        assertThat(inVain.queuedCount()).isOne();

        execute("ALTER TABLE entries DROP CONSTRAINT chk_unlucky");
        assertThat(client.retryDeadLetters(first).resolvedCount()).isEqualTo(2);

        assertThat(letters()).isEmpty();
        HttpAnswer report = server.http().post("/v1/operations/reconcile", "{}").hasStatus(200);
        assertThat(report.json().getBoolean("equal")).as(report.body()).isTrue();
    }

    @Test
    @Order(4)
    void discardsAnEventAndProjectsItsFollowers() throws Exception {
        execute("ALTER TABLE entries ADD CONSTRAINT chk_unlucky CHECK (amount_minor <> 13) NOT VALID");
        transfer(anna, bert, 13);
        UUID follower = transfer(bert, carl, 6);
        await().atMost(PATIENCE).until(() -> letters().size() == 2);

        DeadLetterDetails discarded = client.discardDeadLetter(letters().get(0).id(), "olga", "agreed");

        assertThat(discarded.letter().state()).isEqualTo("discarded");
        assertThat(discarded.discardedBy()).isEqualTo("olga");
        assertThat(discarded.event()).isNull();
        assertThat(client.retryDeadLetters(letters().get(0).id()).resolvedCount())
                .isOne();
        server.http().get("/v1/transfers/" + follower).hasStatus(200);
        assertThat(Files.readString(server.log())).contains("is discarded from sql by olga: agreed");
    }

    private static List<DeadLetter> letters() {
        return client.deadLetters(DeadLetterFilter.OPEN, 100, null).letters();
    }

    /** An account of the one ledger, and so of one shard: transfers between such are one event. */
    private static UUID open() throws Exception {
        UUID id = UUID.randomUUID();
        server.http()
                .post(
                        "/v1/accounts",
                        "{\"id\":\"%s\",\"ledger\":\"main\",\"asset\":\"EUR\",\"minBalanceMinor\":null}".formatted(id))
                .hasStatus(201);
        return id;
    }

    private static UUID transfer(UUID from, UUID to, long amountMinor) throws Exception {
        UUID id = UUID.randomUUID();
        server.http()
                .post(
                        "/v1/transfers",
                        "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":%d}"
                                .formatted(id, from, to, amountMinor))
                .hasStatus(201);
        return id;
    }

    private static void execute(String sql) throws Exception {
        try (Connection database = server.database();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String metrics() throws Exception {
        return server.http().get("/metrics").hasStatus(200).body();
    }
}
