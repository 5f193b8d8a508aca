package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServer.class)
class TransfersIT {
    private static final String TEXT = "Größe \"42\" \\ 日本 \uD83D\uDE00\n\t'; drop table transfers; --";
    private static final String TEXT_JSON = "Größe \\\"42\\\" \\\\ 日本 \\uD83D\\uDE00\\n\\t'; drop table transfers; --";

    private final Bank bank;

    TransfersIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void movesMoneyOnlyAtTheVersionThatIsExpected() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        bank.transferAt("\"1\"", from, to, 5).hasStatus(201);
        HttpAnswer stale = bank.transferAt("\"1\"", from, to, 5);

        stale.isProblem(412, "version-mismatch");
        assertThat(stale.number("version")).isEqualTo(2);
        bank.transferAt("1", from, to, 5).isProblem(400, "if-match-invalid");
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(5);
    }

    @Test
    void movesMoney() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID id = UUID.randomUUID();

        HttpAnswer answer = bank.http()
                .post(
                        "/v1/transfers",
                        "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":1250,\"reference\":\"%s\"}"
                                .formatted(id, from, to, TEXT_JSON));

        answer.hasStatus(201).statesPosition();
        assertThat(answer.header("Location")).isEqualTo("/v1/transfers/" + id);
        assertThat(answer.text("id")).isEqualTo(id.toString());
        assertThat(answer.text("status")).isEqualTo("posted");
        assertThat(answer.text("from")).isEqualTo(from.toString());
        assertThat(answer.text("to")).isEqualTo(to.toString());
        assertThat(answer.text("asset")).isEqualTo("EUR");
        assertThat(answer.text("reference")).isEqualTo(TEXT);
        assertThat(answer.number("amountMinor")).isEqualTo(1250);
        assertThat(answer.number("fromBalanceMinor")).isEqualTo(-1250);
        assertThat(answer.number("fromVersion")).isEqualTo(2);
        assertThat(answer.number("toBalanceMinor")).isEqualTo(1250);
        assertThat(answer.number("toVersion")).isEqualTo(2);
        assertThat(bank.account(from).number("balanceMinor")).isEqualTo(-1250);
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(1250);
        assertThat(bank.account(to).number("version")).isEqualTo(2);
    }

    @Test
    void readsATransferRightAfterItWasPosted() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        for (int round = 0; round < 20; round++) {
            HttpAnswer posted = bank.http()
                    .post(
                            "/v1/transfers",
                            "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":7,\"reference\":\"%s\"}"
                                    .formatted(from, to, TEXT_JSON))
                    .hasStatus(201);

            HttpAnswer read =
                    bank.http().get("/v1/transfers/" + posted.text("id")).hasStatus(200);

            assertThat(read.text("from")).isEqualTo(from.toString());
            assertThat(read.text("to")).isEqualTo(to.toString());
            assertThat(read.text("reference")).isEqualTo(TEXT);
            assertThat(read.number("amountMinor")).isEqualTo(7);
            assertThat(read.number("shard")).isEqualTo(posted.number("shard"));
            assertThat(read.number("offset")).isEqualTo(posted.number("offset"));
            assertThat(read.text("postedAt")).isEqualTo(posted.text("postedAt"));
        }
    }

    @Test
    void movesNoMoneyThatIsNotThere() throws Exception {
        UUID settlement = bank.settlement();
        UUID wallet = bank.wallet();
        bank.transfer(settlement, wallet, 99).hasStatus(201);

        bank.transfer(wallet, settlement, 100)
                .isProblem(422, "funds-insufficient")
                .blames("/amountMinor")
                .statesPosition();

        assertThat(bank.account(wallet).number("balanceMinor")).isEqualTo(99);
        assertThat(bank.account(wallet).number("version")).isEqualTo(2);
    }

    @Test
    void emptiesAnAccountToItsLimit() throws Exception {
        UUID settlement = bank.settlement();
        UUID credit = bank.open(Bank.LEDGER, "EUR", "-500");

        bank.transfer(credit, settlement, 500).hasStatus(201);
        bank.transfer(credit, settlement, 1).isProblem(422, "funds-insufficient");
    }

    @Test
    void knowsNoAccountThatNobodyOpened() throws Exception {
        UUID wallet = bank.wallet();

        bank.transfer(UUID.randomUUID(), wallet, 1)
                .isProblem(404, "account-unknown")
                .blames("/from");
        bank.transfer(wallet, UUID.randomUUID(), 1)
                .isProblem(404, "account-unknown")
                .blames("/to");
        bank.transfer(UUID.randomUUID(), UUID.randomUUID(), 1).isProblem(404, "account-unknown");
    }

    @Test
    void postsATransferIdOnce() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String order = "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":5}"
                .formatted(UUID.randomUUID(), from, to);
        bank.http().post("/v1/transfers", order, UUID.randomUUID().toString()).hasStatus(201);

        bank.http()
                .post("/v1/transfers", order, UUID.randomUUID().toString())
                .isProblem(409, "transfer-exists")
                .blames("/id");

        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(5);
    }

    @Test
    void refusesAnotherAsset() throws Exception {
        bank.transfer(bank.settlement(), bank.open(Bank.LEDGER, "USD", "0"), 1)
                .isProblem(400, "asset-mismatch")
                .blames("/to");
    }

    @Test
    void refusesWhatABalanceCannotHold() throws Exception {
        UUID from = bank.settlement();
        UUID other = bank.settlement();
        UUID to = bank.wallet();
        bank.transfer(from, to, Long.MAX_VALUE).hasStatus(201);

        bank.transfer(other, to, 1).isProblem(400, "balance-overflow").blames("/amountMinor");
        bank.transfer(from, other, 2).isProblem(400, "balance-overflow").blames("/amountMinor");

        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void knowsNoTransferThatNobodyPosted() throws Exception {
        bank.http().get("/v1/transfers/" + UUID.randomUUID()).isProblem(404, "transfer-unknown");
        bank.http().get("/v1/transfers/17").isProblem(400, "field-invalid").blames("/id");
    }

    @ParameterizedTest(name = "{2} {1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'to':B,'amountMinor':1 | /from | field-missing",
                "'from':A,'amountMinor':1 | /to | field-missing",
                "'from':A,'to':B | /amountMinor | field-missing",
                "'from':'x','to':B,'amountMinor':1 | /from | field-invalid",
                "'from':A,'to':null,'amountMinor':1 | /to | field-invalid",
                "'from':A,'to':A,'amountMinor':1 | /to | field-invalid",
                "'from':A,'to':B,'amountMinor':0 | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':-1 | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':1.5 | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':1e2 | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':'1' | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':true | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':[1] | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':9223372036854775808 | /amountMinor | field-invalid",
                "'from':A,'to':B,'amountMinor':1,'reference':7 | /reference | field-invalid",
                "'from':A,'to':B,'amountMinor':1,'note':'x' | /note | field-unknown",
                "'from':A,'to':B,'amountMinor':1,'id':'x' | /id | field-invalid",
            },
            quoteCharacter = '`')
    void pointsAtTheFieldThatIsWrong(String fields, String pointer, String code) throws Exception {
        String body = "{" + fields + "}";
        bank.http()
                .post(
                        "/v1/transfers",
                        body.replace(":A", ":'" + UUID.randomUUID() + "'")
                                .replace(":B", ":'" + UUID.randomUUID() + "'")
                                .replace('\'', '"'))
                .isProblem(400, code)
                .blames(pointer);
    }

    @Test
    void refusesTheSameAccountTwice() throws Exception {
        UUID wallet = bank.wallet();

        bank.transfer(wallet, wallet, 1).isProblem(400, "field-invalid").blames("/to");
    }

    @Test
    void takesReferencesUpTo140Characters() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String order = "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":1,\"reference\":\"%s\"}";

        bank.http()
                .post("/v1/transfers", order.formatted(from, to, "ü".repeat(140)))
                .hasStatus(201);
        bank.http()
                .post("/v1/transfers", order.formatted(from, to, "ü".repeat(141)))
                .isProblem(400, "field-invalid")
                .blames("/reference");
    }
}
