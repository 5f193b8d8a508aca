package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import io.mainstay.verification.http.Rows.Account;
import io.mainstay.verification.http.Rows.Entry;
import io.mainstay.verification.http.Rows.Transfer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several transfers in one request, each by itself or all or none, and what the database shows of them. */
@ExtendWith(SharedServer.class)
class BatchIT {
    private static final int TRANSFERS_MAX = 1000;

    private final Bank bank;
    private final Rows rows;

    BatchIT(TestServer server) {
        bank = new Bank(server);
        rows = new Rows(server);
    }

    @Test
    void doesEachByItself() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID first = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        UUID last = UUID.randomUUID();

        HttpAnswer answer = post(
                        false,
                        "each-" + first,
                        order(first, from, to, 5),
                        order(refused, to, from, 6),
                        order(last, to, from, 2))
                .hasStatus(200);

        List<JsonObject> results = results(answer);
        assertThat(results).extracting(result -> result.getInt("status")).containsExactly(201, 422, 201);
        assertThat(results.get(0).getJsonObject("result").getString("id")).isEqualTo(first.toString());
        assertThat(results.get(1).getJsonObject("problem").getString("type"))
                .isEqualTo("urn:mainstay:problem:funds-insufficient");
        assertThat(results.get(2).getJsonObject("result").getInt("toBalanceMinor"))
                .isEqualTo(-3);
        rows.transferIs(first, Transfer.of("posted", 5));
        rows.transferIs(last, Transfer.of("posted", 2));
        rows.entriesAre(last, new Entry(to, -2), new Entry(from, 2));
        rows.hasNoTransfer(refused);
        rows.accountIs(to, new Account(3, 0, 0));
    }

    @Test
    void doesEachOnceUnderTheKeyOfAll() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String key = "batch-" + from;

        HttpAnswer first = post(false, key, Bank.order(from, to, 5), Bank.order(from, to, 5))
                .hasStatus(200);
        HttpAnswer again = post(false, key, Bank.order(from, to, 5), Bank.order(from, to, 5))
                .hasStatus(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(results(first))
                .extracting(result -> result.getJsonObject("result").getString("id"))
                .doesNotHaveDuplicates();
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(10);
    }

    @Test
    void doesAllThatAreLinkedInTheirOrder() throws Exception {
        UUID from = bank.settlement();
        UUID through = bank.wallet();
        UUID to = bank.wallet();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        String[] chain = {order(first, from, through, 7), order(second, through, to, 7)};

        HttpAnswer answer = post(true, "chain-" + first, chain).hasStatus(201);
        HttpAnswer again = post(true, "chain-" + first, chain).hasStatus(201);

        assertThat(results(answer))
                .extracting(result -> result.getJsonObject("result").getString("id"))
                .containsExactly(first.toString(), second.toString());
        assertThat(results(answer))
                .extracting(result -> result.getJsonObject("result").getInt("offset"))
                .containsOnly(results(answer).get(0).getJsonObject("result").getInt("offset"));
        assertThat(again.header("Idempotency-Hit")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(answer.body());
        rows.transferIs(first, Transfer.of("posted", 7));
        rows.transferIs(second, Transfer.of("posted", 7));
        rows.entriesAre(first, new Entry(from, -7), new Entry(through, 7));
        rows.entriesAre(second, new Entry(through, -7), new Entry(to, 7));
        rows.accountIs(through, new Account(0, 0, 0));
        rows.accountIs(to, new Account(7, 0, 0));
    }

    @Test
    void doesNoneThatAreLinkedIfOneIsRefused() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID first = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        UUID last = UUID.randomUUID();

        post(true, "none-" + first, order(first, from, to, 5), order(refused, to, from, 6), order(last, to, from, 2))
                .isProblem(422, "funds-insufficient")
                .blames("/transfers/1/amountMinor");

        assertThat(bank.account(to).number("balanceMinor")).isZero();
        assertThat(bank.account(to).number("version")).isEqualTo(1);
        UUID later = UUID.randomUUID();
        bank.http().post("/v1/transfers", order(later, from, to, 1)).hasStatus(201);
        rows.entriesAre(later, new Entry(from, -1), new Entry(to, 1));
        rows.hasNoTransfer(first);
        rows.hasNoTransfer(refused);
        rows.hasNoTransfer(last);
        rows.accountIs(to, new Account(1, 0, 0));
    }

    @Test
    void doesEachOnWhicheverShards() throws Exception {
        UUID from = bank.settlement();
        UUID far = bank.elsewhere("0", from);
        UUID near = bank.wallet();
        UUID there = UUID.randomUUID();
        UUID here = UUID.randomUUID();

        post(false, "both-" + there, order(there, from, far, 3), order(here, from, near, 4))
                .hasStatus(200);

        rows.transferIs(there, Transfer.of("posted", 3));
        rows.transferIs(here, Transfer.of("posted", 4));
        rows.entriesAre(there, new Entry(from, -3), new Entry(far, 3));
        rows.accountIs(from, new Account(-7, 0, 0));
    }

    @Test
    void doesNothingIfAFieldIsWrong() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        post(false, "field-" + from, Bank.order(from, to, 1), Bank.order(from, to, 0))
                .isProblem(400, "field-invalid")
                .blames("/transfers/1/amountMinor");
        post(false, "rule-" + from, Bank.order(from, to, 1), Bank.order(from, from, 1))
                .isProblem(400, "field-invalid")
                .blames("/transfers/1/to");
        post(false, "empty-" + from).isProblem(400, "field-invalid").blames("/transfers");
        post(
                        false,
                        "many-" + from,
                        Collections.nCopies(TRANSFERS_MAX + 1, Bank.order(from, to, 1))
                                .toArray(String[]::new))
                .isProblem(400, "field-invalid")
                .blames("/transfers");

        assertThat(bank.account(to).number("version")).isEqualTo(1);
    }

    private HttpAnswer post(boolean linked, String key, String... transfers) throws IOException, InterruptedException {
        return bank.http()
                .post(
                        "/v1/transfers/batch",
                        "{\"linked\":" + linked + ",\"transfers\":[" + String.join(",", transfers) + "]}",
                        key);
    }

    private static List<JsonObject> results(HttpAnswer answer) {
        return answer.json().getJsonArray("results").getValuesAs(JsonObject.class);
    }

    private static String order(UUID id, UUID from, UUID to, long amountMinor) {
        return Bank.order(from, to, amountMinor).replace("{", "{\"id\":\"" + id + "\",");
    }
}
