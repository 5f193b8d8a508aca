package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import io.mainstay.verification.http.Rows.Account;
import io.mainstay.verification.http.Rows.Entry;
import io.mainstay.verification.http.Rows.Transfer;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transfers that are taken back, and what the database shows of both. */
@ExtendWith(SharedServer.class)
class ReversalsIT {
    private final Bank bank;
    private final Rows rows;

    ReversalsIT(TestServer server) {
        bank = new Bank(server);
        rows = new Rows(server);
    }

    @Test
    void takesATransferBackOnce() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID original = id(bank.transfer(from, to, 40).hasStatus(201));

        HttpAnswer reversed = reverse(original, "first").hasStatus(201).statesPosition();

        UUID reversal = id(reversed);
        assertThat(reversed.header("Location")).isEqualTo("/v1/transfers/" + reversal);
        assertThat(reversed.text("reverses")).isEqualTo(original.toString());
        assertThat(state(original)).isEqualTo("reversed");
        rows.transferIs(reversal, new Transfer("posted", 40L, original, null));
        rows.transferIs(original, new Transfer("posted", 40L, null, reversal));
        rows.entriesAre(original, new Entry(from, -40), new Entry(to, 40));
        rows.entriesAre(reversal, new Entry(from, 40), new Entry(to, -40));
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));

        HttpAnswer again = reverse(original, "first").hasStatus(201);
        assertThat(again.header("Idempotency-Hit")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(reversed.body());
        reverse(original, "second").isProblem(422, "transfer-reversed").blames("/original");
        assertThat(bank.account(to).number("balanceMinor")).isZero();
    }

    @Test
    void takesBackEveryLeg() throws Exception {
        UUID from = bank.settlement();
        UUID one = bank.wallet();
        UUID other = bank.wallet();
        UUID original = id(bank.http()
                .post(
                        "/v1/postings",
                        ("{\"legs\":[{\"account\":\"%s\",\"amountMinor\":-30},{\"account\":\"%s\",\"amountMinor\":10},"
                                        + "{\"account\":\"%s\",\"amountMinor\":20}]}")
                                .formatted(from, one, other))
                .hasStatus(201));

        UUID reversal = id(reverse(original, "all").hasStatus(201));

        rows.transferIs(reversal, new Transfer("posted", null, original, null));
        rows.entriesAre(reversal, new Entry(from, 30), new Entry(one, -10), new Entry(other, -20));
        rows.accountIs(other, new Account(0, 0, 0));
    }

    @Test
    void takesBackOnlyWhatWasMoved() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID held =
                id(bank.http().post("/v1/reservations", Bank.order(from, to, 5)).hasStatus(201));

        reverse(held, "held").isProblem(422, "transfer-not-posted").blames("/original");
        reverse(UUID.randomUUID(), "nothing").isProblem(404, "transfer-unknown").blames("/original");
        bank.http().post("/v1/transfers/17/reverse", "{}").isProblem(400, "field-invalid");
    }

    @Test
    void takesBackWhatWasSpentOnlyWhenItIsThereAgain() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID original = id(bank.transfer(from, to, 40).hasStatus(201));
        bank.transfer(to, from, 1).hasStatus(201);

        reverse(original, "early").isProblem(422, "funds-insufficient");
        assertThat(state(original)).isEqualTo("posted");
        bank.transfer(from, to, 1).hasStatus(201);
        UUID reversal = id(reverse(original, "late").hasStatus(201));

        rows.transferIs(original, new Transfer("posted", 40L, null, reversal));
    }

    @Test
    void takesATransferBackFromAnotherShard() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.elsewhere("0", from);
        UUID original = id(bank.transfer(from, to, 40).hasStatus(201));
        onceItIs("posted", original);

        UUID reversal = id(reverse(original, "far").hasStatus(201));

        rows.transferIs(reversal, new Transfer("posted", 40L, original, null));
        rows.transferIs(original, new Transfer("posted", 40L, null, reversal));
        rows.entriesAre(reversal, new Entry(from, 40), new Entry(to, -40));
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));
        onceItIs("reversed", original);
        reverse(original, "far-again").isProblem(422, "transfer-reversed");
    }

    @Test
    void leavesATransferAsItIsIfTheOtherShardRefusesToGiveItBack() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.elsewhere("0", from);
        UUID original = id(bank.transfer(from, to, 40).hasStatus(201));
        onceItIs("posted", original);
        bank.transfer(to, from, 40).hasStatus(201);

        reverse(original, "refused").isProblem(422, "funds-insufficient");

        onceItIs("posted", original);
        assertThat(bank.account(from).number("balanceMinor")).isZero();
        bank.transfer(from, to, 40).hasStatus(201);
        UUID reversal = id(reverse(original, "granted").hasStatus(201));
        rows.transferIs(reversal, new Transfer("posted", 40L, original, null));
        rows.transferIs(original, new Transfer("posted", 40L, null, reversal));
        rows.accountIs(to, new Account(0, 0, 0));
    }

    /** Under a key of this reversal's own. */
    private HttpAnswer reverse(UUID original, String key) throws IOException, InterruptedException {
        return bank.http().post("/v1/transfers/" + original + "/reverse", "{}", key + "-" + original);
    }

    private void onceItIs(String status, UUID transfer) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(state(transfer)).isEqualTo(status));
    }

    private String state(UUID transfer) throws IOException, InterruptedException {
        return bank.http().get("/v1/transfers/" + transfer + "/state").text("status");
    }

    private static UUID id(HttpAnswer answer) {
        return UUID.fromString(answer.text("id"));
    }
}
