package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Money between accounts of different shards. */
@ExtendWith(SharedServer.class)
class AcrossShardsIT {
    private final Bank bank;

    AcrossShardsIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void movesMoneyToAnotherShard() throws Exception {
        UUID here = bank.settlement();
        UUID there = bank.elsewhere("0", here);

        HttpAnswer answer = bank.transfer(here, there, 1250).hasStatus(201).statesPosition();

        assertThat(answer.text("status")).isEqualTo("posted");
        assertThat(answer.text("to")).isEqualTo(there.toString());
        assertThat(answer.number("fromBalanceMinor")).isEqualTo(-1250);
        assertThat(answer.json().isNull("toBalanceMinor")).isTrue();
        assertThat(bank.account(here).number("balanceMinor")).isEqualTo(-1250);
        assertThat(bank.account(there).number("balanceMinor")).isEqualTo(1250);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(bank.account(here).number("expectedMinor")).isZero();
            HttpAnswer read = bank.http().get("/v1/transfers/" + answer.text("id"));
            assertThat(read.hasStatus(200).text("status")).isEqualTo("posted");
        });
        assertThat(bank.entries(here).json().getJsonArray("entries")).hasSize(1);
        assertThat(bank.entries(there).json().getJsonArray("entries")).hasSize(1);
        assertThat(bank.http()
                        .get("/v1/transfers/" + answer.text("id") + "/state")
                        .text("status"))
                .isEqualTo("posted");
    }

    @Test
    void tellsWhyTheOtherShardRefuses() throws Exception {
        UUID here = bank.settlement();
        UUID there = bank.elsewhere("0", here);
        bank.http().post("/v1/accounts/" + there + "/freeze", "{}").hasStatus(200);

        HttpAnswer refused = bank.transfer(here, there, 5).isProblem(422, "account-frozen");

        assertThat(refused.header("Location")).isEmpty();
        assertThat(bank.account(here).number("balanceMinor")).isZero();
        assertThat(bank.account(there).number("balanceMinor")).isZero();
    }

    @Test
    void answersAtOnceIfTheCallerPrefersThat() throws Exception {
        UUID here = bank.settlement();
        UUID there = bank.elsewhere("0", here);

        HttpAnswer begun = bank.http()
                .post("/v1/transfers", Bank.order(here, there, 7), Map.of("Prefer", "respond-async"))
                .hasStatus(202);

        assertThat(begun.text("status")).isEqualTo("in-flight");
        String place = begun.header("Location");
        assertThat(place).isEqualTo("/v1/transfers/" + begun.text("id"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(bank.http().get(place).text("status")).isEqualTo("posted"));
        assertThat(bank.account(there).number("balanceMinor")).isEqualTo(7);
        assertThat(bank.http().get("/v1/sagas").hasStatus(200).json()).containsKey("sagas");
    }

    @Test
    void reservesConfirmsAPartAndReverses() throws Exception {
        UUID here = bank.settlement();
        UUID there = bank.elsewhere("0", here);
        HttpAnswer held = bank.http()
                .post("/v1/reservations", Bank.order(here, there, 100))
                .hasStatus(201);
        String id = held.text("id");
        assertThat(bank.account(here).number("reservedMinor")).isEqualTo(100);
        assertThat(bank.account(there).number("expectedMinor")).isEqualTo(100);

        bank.http()
                .post("/v1/transfers/" + id + "/confirm", "{\"amountMinor\":60}")
                .hasStatus(200);

        assertThat(bank.account(there).number("balanceMinor")).isEqualTo(60);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bank.http()
                                .post("/v1/transfers/" + id + "/reverse", "{}", id)
                                .status())
                        .isEqualTo(201));
        assertThat(bank.account(there).number("balanceMinor")).isZero();
        assertThat(bank.account(here).number("balanceMinor")).isZero();
        bank.http().post("/v1/transfers/" + id + "/reverse", "{}").isProblem(422, "transfer-reversed");
    }

    @Test
    void postsOverSeveralShardsAndLinksOnOne() throws Exception {
        UUID here = bank.settlement();
        UUID there = bank.elsewhere("0", here);
        UUID third = bank.wallet();
        bank.http()
                .post(
                        "/v1/postings",
                        ("{\"legs\":[{\"account\":\"%s\",\"amountMinor\":-30},{\"account\":\"%s\",\"amountMinor\":10},"
                                        + "{\"account\":\"%s\",\"amountMinor\":20}]}")
                                .formatted(here, there, third))
                .hasStatus(201);
        assertThat(bank.account(there).number("balanceMinor")).isEqualTo(10);

        String both =
                "{\"linked\":%s,\"transfers\":[" + Bank.order(here, there, 1) + "," + Bank.order(here, third, 2) + "]}";
        bank.http().post("/v1/transfers/batch", both.formatted("true")).isProblem(422, "cross-shard-unsupported");
        HttpAnswer each =
                bank.http().post("/v1/transfers/batch", both.formatted("false")).hasStatus(200);

        assertThat(each.json().getJsonArray("results")).hasSize(2);
        assertThat(bank.account(there).number("balanceMinor")).isEqualTo(11);
    }
}
