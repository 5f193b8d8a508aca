package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators look at. */
@ExtendWith(SharedServer.class)
class OperationsIT {
    private static final int READS_AT_ONCE = 16;

    private final TestServer server;
    private final Bank bank;

    OperationsIT(TestServer server) {
        this.server = server;
        this.bank = new Bank(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/started", "/health/live", "/health/ready"})
    void isWell(String path) throws Exception {
        assertThat(bank.http().get(path).hasStatus(200).text("status")).isEqualTo("UP");
    }

    @Test
    void countsCommandsByOutcome() throws Exception {
        UUID settlement = bank.settlement();
        UUID wallet = bank.wallet();
        bank.transfer(settlement, wallet, 1).hasStatus(201);
        double acceptedBefore = commands("PostTransfer", "accepted");
        double refusedBefore = commands("PostTransfer", "funds-insufficient", 0);

        bank.transfer(settlement, wallet, 1).hasStatus(201);
        bank.transfer(wallet, settlement, 100).hasStatus(422);

        assertThat(commands("PostTransfer", "accepted")).isEqualTo(acceptedBefore + 1);
        assertThat(commands("PostTransfer", "funds-insufficient")).isEqualTo(refusedBefore + 1);
    }

    @Test
    void measuresLatencyInAHistogram() throws Exception {
        bank.transfer(bank.settlement(), bank.wallet(), 1).hasStatus(201);

        assertThat(metrics())
                .containsPattern(
                        "mainstay_command_latency\\w*_bucket\\{[^}]*command=\"PostTransfer\"[^}]*le=\"[0-9.]+\"[^}]*} [0-9.]+");
    }

    @Test
    void showsWhatEachShardDoes() throws Exception {
        String metrics = metrics();
        for (int shard = 0; shard < 4; shard++) {
            assertThat(metrics).containsPattern("mainstay_shard_serving\\{[^}]*shard=\"" + shard + "\"[^}]*} 1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/accounts, post",
        "/v1/accounts/{id}, get",
        "/v1/accounts/{id}/entries, get",
        "/v1/transfers, post",
        "/v1/transfers/{id}, get",
    })
    void describesEachOperationWithExamples(String path, String method) throws Exception {
        JsonObject description =
                bank.http().get("/openapi?format=json").hasStatus(200).json();

        JsonObject operation =
                description.getJsonObject("paths").getJsonObject(path).getJsonObject(method);
        JsonObject responses = operation.getJsonObject("responses");

        assertThat(operation.getString("summary")).isNotBlank();
        assertThat(responses
                        .getJsonObject(method.equals("post") ? "201" : "200")
                        .toString())
                .contains("application/json", "\"example");
        assertThat(responses.keySet()).anyMatch(status -> status.startsWith("4"));
        for (String status : responses.keySet()) {
            if (!status.startsWith("2")) {
                assertThat(resolved(description, responses.getJsonObject(status))
                                .toString())
                        .as(status)
                        .contains("application/problem+json", "\"example");
            }
        }
    }

    @Test
    void showsTheDescriptionToPeople() throws Exception {
        assertThat(bank.http().get("/openapi/ui/").hasStatus(200).body()).containsIgnoringCase("<html");
    }

    /** Twice, because what the first outage has used up would be missing in the second. */
    @Test
    void goesOnWithoutTheDatabaseAndCatchesUp() throws Exception {
        UUID settlement = bank.settlement();
        UUID wallet = bank.wallet();
        for (int outage = 1; outage <= 2; outage++) {
            bank.transfer(settlement, wallet, 1).hasStatus(201);
            statusesOfReadsAtOnce(wallet);

            server.stopDatabase();
            for (int round = 0; round < 20; round++) {
                bank.transfer(settlement, wallet, 1).hasStatus(201);
            }

            int posted = 21 * outage;
            assertThat(bank.account(wallet).hasStatus(200).number("balanceMinor"))
                    .isEqualTo(posted);
            bank.http().get("/health/live").hasStatus(200);
            bank.http().get("/health/ready").hasStatus(200);
            HttpAnswer unavailable = bank.entries(wallet).isProblem(503, "projection-unavailable");
            assertThat(Integer.parseInt(unavailable.header("Retry-After"))).isPositive();

            server.start();

            // Looks into the database, because a read over HTTP would use up a broken connection.
            await().atMost(Duration.ofSeconds(60)).until(() -> entriesInDatabase(wallet) == posted);
            assertThat(statusesOfReadsAtOnce(wallet))
                    .as("connections of before")
                    .containsOnly(200);
        }
    }

    private long entriesInDatabase(UUID account) throws Exception {
        try (Connection database = server.database();
                PreparedStatement count =
                        database.prepareStatement("select count(*) from entries where account_id = ?")) {
            count.setObject(1, account);
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Many reads at once, so that as many connections to the database are in use, or waiting to be used again. */
    private Set<Integer> statusesOfReadsAtOnce(UUID account) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READS_AT_ONCE);
        try {
            Set<Integer> statuses = new HashSet<>();
            Callable<Integer> read = () -> bank.entries(account).status();
            for (Future<Integer> status :
                    threads.invokeAll(Collections.nCopies(READS_AT_ONCE, read), 60, TimeUnit.SECONDS)) {
                statuses.add(status.get(1, TimeUnit.SECONDS));
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }

    private static JsonObject resolved(JsonObject description, JsonObject response) {
        return response.containsKey("$ref")
                ? description.getValue(response.getString("$ref").substring(1)).asJsonObject()
                : response;
    }

    private double commands(String command, String outcome) throws Exception {
        double count = commands(command, outcome, -1);
        assertThat(count).as("metrics count " + command + " " + outcome).isNotNegative();
        return count;
    }

    private double commands(String command, String outcome, double ifAbsent) throws Exception {
        Matcher sample = Pattern.compile("(?m)^mainstay_commands_total\\{(?=[^}]*command=\"" + command
                        + "\")(?=[^}]*outcome=\"" + outcome + "\")[^}]*} ([0-9.E]+)")
                .matcher(metrics());
        return sample.find() ? Double.parseDouble(sample.group(1)) : ifAbsent;
    }

    private String metrics() throws Exception {
        return bank.http().get("/metrics").hasStatus(200).body();
    }
}
