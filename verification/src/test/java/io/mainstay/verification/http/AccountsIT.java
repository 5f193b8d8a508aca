package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class AccountsIT {
    private final Bank bank;

    AccountsIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void opensAnAccountWithDefaults() throws Exception {
        HttpAnswer answer = bank.http().post("/v1/accounts", "{\"asset\":\"EUR\"}");

        answer.hasStatus(201).statesPosition();
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Location")).isEqualTo("/v1/accounts/" + answer.text("id"));
        assertThat(answer.text("ledger")).isEqualTo("main");
        assertThat(answer.text("asset")).isEqualTo("EUR");
        assertThat(answer.number("minBalanceMinor")).isZero();
        assertThat(answer.number("balanceMinor")).isZero();
        assertThat(answer.number("version")).isEqualTo(1);
        assertThat(Instant.parse(answer.text("openedAt")))
                .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    }

    @Test
    void opensAnAccountAsTold() throws Exception {
        UUID id = UUID.randomUUID();
        bank.http().post("/v1/assets", "{\"code\":\"X1Y2\",\"scale\":3}").hasStatus(201);

        HttpAnswer answer = bank.http()
                .post(
                        "/v1/accounts",
                        "{\"id\":\"%s\",\"ledger\":\"Zürich \\\"日本\\\" \\\\ \\uD83D\\uDE00 '; --\",\"asset\":\"X1Y2\",\"minBalanceMinor\":-500}"
                                .formatted(id));

        answer.hasStatus(201);
        HttpAnswer read = bank.account(id).hasStatus(200);
        assertThat(read.text("id")).isEqualTo(id.toString());
        assertThat(read.text("ledger"))
                .isEqualTo(answer.text("ledger"))
                .isEqualTo("Zürich \"日本\" \\ \uD83D\uDE00 '; --");
        assertThat(read.text("asset")).isEqualTo("X1Y2");
        assertThat(read.number("minBalanceMinor")).isEqualTo(-500);
        assertThat(read.number("version")).isEqualTo(1);
        assertThat(read.number("shard")).isEqualTo(answer.number("shard"));
    }

    @Test
    void opensAnAccountWithoutLimit() throws Exception {
        UUID id = bank.settlement();

        assertThat(bank.account(id).json().get("minBalanceMinor")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void keepsAccountsOfOneLedgerOnOneShard() throws Exception {
        String ledger = "ledger-" + UUID.randomUUID();
        long shard = bank.account(bank.open(ledger, "EUR", "0")).number("shard");

        for (int round = 0; round < 8; round++) {
            assertThat(bank.account(bank.open(ledger, "USD", "null")).number("shard"))
                    .isEqualTo(shard);
        }
    }

    @Test
    void refusesToOpenAnAccountTwice() throws Exception {
        UUID id = bank.wallet();

        bank.http()
                .post("/v1/accounts", "{\"id\":\"%s\",\"asset\":\"EUR\"}".formatted(id), "another-key-" + id)
                .isProblem(409, "account-exists")
                .blames("/id")
                .statesPosition();
    }

    @Test
    void knowsNoAccountThatNobodyOpened() throws Exception {
        bank.account(UUID.randomUUID()).isProblem(404, "account-unknown");
    }

    @Test
    void refusesAnIdThatIsNone() throws Exception {
        bank.http().get("/v1/accounts/17").isProblem(400, "field-invalid").blames("/id");
    }

    @ParameterizedTest(name = "{2} {1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /asset | field-missing",
                "{'asset':null} | /asset | field-invalid",
                "{'asset':'eur'} | /asset | field-invalid",
                "{'asset':'EU'} | /asset | field-invalid",
                "{'asset':978} | /asset | field-invalid",
                "{'asset':'EUR','id':'17'} | /id | field-invalid",
                "{'asset':'EUR','id':17} | /id | field-invalid",
                "{'asset':'EUR','ledger':''} | /ledger | field-invalid",
                "{'asset':'EUR','ledger':7} | /ledger | field-invalid",
                "{'asset':'EUR','ledger':'0123456789012345678901234567890123456789012345678901234567890123x'} | /ledger | field-invalid",
                "{'asset':'EUR','minBalanceMinor':1} | /minBalanceMinor | field-invalid",
                "{'asset':'EUR','minBalanceMinor':-0.5} | /minBalanceMinor | field-invalid",
                "{'asset':'EUR','minBalanceMinor':'0'} | /minBalanceMinor | field-invalid",
                "{'asset':'EUR','minBalanceMinor':-9223372036854775809} | /minBalanceMinor | field-invalid",
                "{'asset':'EUR','owner':'me'} | /owner | field-invalid",
                "{'asset':'EUR','color':'red'} | /color | field-unknown",
                "{'asset':'EUR','a/b~c':1} | /a~1b~0c | field-unknown",
            },
            quoteCharacter = '`')
    void pointsAtTheFieldThatIsWrong(String body, String pointer, String code) throws Exception {
        bank.http()
                .post("/v1/accounts", body.replace('\'', '"'))
                .isProblem(400, code)
                .blames(pointer);
    }

    @Test
    void namesEveryFieldThatIsWrong() throws Exception {
        HttpAnswer answer = bank.http().post("/v1/accounts", "{\"ledger\":\"\",\"minBalanceMinor\":1,\"x\":0}");

        answer.hasStatus(400);
        assertThat(answer.json().getJsonArray("errors").stream()
                        .map(error -> error.asJsonObject().getString("pointer")))
                .containsExactlyInAnyOrder("/ledger", "/asset", "/minBalanceMinor", "/x");
    }
}
