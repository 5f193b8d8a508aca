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
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transfers in two steps, and what the database shows of each. */
@ExtendWith(SharedServer.class)
class ReservationsIT {
    private final Bank bank;
    private final Rows rows;

    ReservationsIT(TestServer server) {
        bank = new Bank(server);
        rows = new Rows(server);
    }

    @Test
    void setsAnAmountAsideAndMovesItWhenConfirmed() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        HttpAnswer held = reserve(from, to, 100, "").hasStatus(201).statesPosition();

        UUID id = id(held);
        assertThat(held.header("Location")).isEqualTo("/v1/transfers/" + id);
        assertThat(held.text("status")).isEqualTo("reserved");
        assertThat(held.number("fromBalanceMinor")).isZero();
        assertThat(held.number("fromReservedMinor")).isEqualTo(100);
        assertThat(held.number("toExpectedMinor")).isEqualTo(100);
        assertThat(Duration.between(Instant.parse(held.text("reservedAt")), Instant.parse(held.text("expiresAt"))))
                .isEqualTo(Duration.ofDays(1));
        assertThat(bank.account(from).number("availableMinor")).isEqualTo(-100);
        rows.transferIs(id, Transfer.of("reserved", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 100, 0));
        rows.accountIs(to, new Account(0, 0, 100));

        HttpAnswer confirmed = decide(id, "confirm", "{}").hasStatus(200).statesPosition();

        assertThat(confirmed.text("status")).isEqualTo("posted");
        assertThat(confirmed.number("toBalanceMinor")).isEqualTo(100);
        rows.transferIs(id, Transfer.of("posted", 100));
        rows.entriesAre(id, new Entry(from, -100), new Entry(to, 100));
        rows.accountIs(from, new Account(-100, 0, 0));
        rows.accountIs(to, new Account(100, 0, 0));
        decide(id, "confirm", "{}").isProblem(422, "transfer-not-reserved").blames("/id");
        decide(id, "cancel", "{}").isProblem(422, "transfer-not-reserved").blames("/id");
    }

    @Test
    void confirmsAPartAndReleasesTheRest() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID id = id(reserve(from, to, 100, "").hasStatus(201));

        decide(id, "confirm", "{\"amountMinor\":101}")
                .isProblem(400, "confirm-too-much")
                .blames("/amountMinor");
        decide(id, "confirm", "{\"amountMinor\":0}")
                .isProblem(400, "field-invalid")
                .blames("/amountMinor");
        HttpAnswer confirmed = decide(id, "confirm", "{\"amountMinor\":60}").hasStatus(200);

        assertThat(confirmed.number("amountMinor")).isEqualTo(60);
        rows.transferIs(id, Transfer.of("posted", 60));
        rows.entriesAre(id, new Entry(from, -60), new Entry(to, 60));
        rows.accountIs(from, new Account(-60, 0, 0));
        rows.accountIs(to, new Account(60, 0, 0));
    }

    @Test
    void confirmsOnceUnderAKey() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID id = id(reserve(from, to, 100, "").hasStatus(201));
        String place = "/v1/transfers/" + id + "/confirm";

        HttpAnswer first = bank.http().post(place, "{}", "confirm-" + id).hasStatus(200);
        HttpAnswer again = bank.http().post(place, "{}", "confirm-" + id).hasStatus(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Hit")).isEqualTo("true");
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(100);
    }

    @Test
    void releasesWhatIsCancelled() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID id = id(reserve(from, to, 100, "").hasStatus(201));

        HttpAnswer cancelled = decide(id, "cancel", "{}").hasStatus(200);

        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        rows.transferIs(id, Transfer.of("cancelled", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));
        decide(id, "confirm", "{}").isProblem(422, "transfer-not-reserved");
        decide(UUID.randomUUID(), "cancel", "{}").isProblem(404, "transfer-unknown");
    }

    @Test
    void releasesByItselfWhatNobodyConfirmsInTime() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        UUID id = id(reserve(from, to, 100, ",\"expiresInMillis\":300").hasStatus(201));

        rows.transferIs(id, Transfer.of("expired", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));
        assertThat(state(id)).isEqualTo("expired");
        assertThat(bank.account(from).number("reservedMinor")).isZero();
        decide(id, "confirm", "{}").isProblem(422, "transfer-expired").blames("/id");
        decide(id, "cancel", "{}").isProblem(422, "transfer-expired").blames("/id");
    }

    @Test
    void letsNobodySpendWhatIsReserved() throws Exception {
        UUID settlement = bank.settlement();
        UUID wallet = bank.wallet();
        bank.transfer(settlement, wallet, 100).hasStatus(201);
        UUID id = id(reserve(wallet, settlement, 80, "").hasStatus(201));

        bank.transfer(wallet, settlement, 21).isProblem(422, "funds-insufficient");
        reserve(wallet, settlement, 21, "").isProblem(422, "funds-insufficient").blames("/amountMinor");
        bank.transfer(wallet, settlement, 20).hasStatus(201);

        decide(id, "confirm", "{}").hasStatus(200);
        rows.accountIs(wallet, new Account(0, 0, 0));
    }

    @Test
    void stillConfirmsWhenTheAccountIsFrozenSince() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        UUID id = id(reserve(from, to, 100, "").hasStatus(201));
        bank.http().post("/v1/accounts/" + from + "/freeze", "{}").hasStatus(200);

        reserve(from, to, 1, "").isProblem(422, "account-frozen").blames("/from");
        decide(id, "confirm", "{}").hasStatus(200);

        rows.entriesAre(id, new Entry(from, -100), new Entry(to, 100));
    }

    @Test
    void wantsATimeInWhichItExpires() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        reserve(from, to, 1, ",\"expiresInMillis\":0")
                .isProblem(400, "field-invalid")
                .blames("/expiresInMillis");
        reserve(from, to, 1, ",\"expiresInMillis\":" + (Duration.ofDays(366).toMillis() + 1))
                .isProblem(400, "field-invalid")
                .blames("/expiresInMillis");
    }

    @Test
    void confirmsAPartOnAnotherShard() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.elsewhere("0", from);
        UUID id = id(reserve(from, to, 100, "").hasStatus(201));
        rows.transferIs(id, Transfer.of("reserved", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 100, 0));
        rows.accountIs(to, new Account(0, 0, 100));

        HttpAnswer confirmed = decide(id, "confirm", "{\"amountMinor\":60}").hasStatus(200);

        assertThat(confirmed.text("status")).isEqualTo("posted");
        assertThat(confirmed.number("amountMinor")).isEqualTo(60);
        rows.transferIs(id, Transfer.of("posted", 60));
        rows.entriesAre(id, new Entry(from, -60), new Entry(to, 60));
        rows.accountIs(from, new Account(-60, 0, 0));
        rows.accountIs(to, new Account(60, 0, 0));
    }

    @Test
    void releasesOnBothShardsWhatIsCancelled() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.elsewhere("0", from);
        UUID id = id(reserve(from, to, 100, "").hasStatus(201));

        onceItIsReserved(id);
        decide(id, "cancel", "{}").hasStatus(200);

        rows.transferIs(id, Transfer.of("cancelled", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));
        assertThat(bank.account(to).number("expectedMinor")).isZero();
    }

    @Test
    void releasesOnBothShardsWhatNobodyConfirmsInTime() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.elsewhere("0", from);

        UUID id = id(reserve(from, to, 100, ",\"expiresInMillis\":1000").hasStatus(201));

        rows.transferIs(id, Transfer.of("expired", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));
        assertThat(state(id)).isEqualTo("expired");
        decide(id, "confirm", "{}").isProblem(422, "transfer-expired");
    }

    @Test
    void reservesNothingThatTheOtherShardRefuses() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.elsewhere("0", from);
        bank.http().post("/v1/accounts/" + to + "/freeze", "{}").hasStatus(200);
        UUID id = UUID.randomUUID();

        reserve(from, to, 100, ",\"id\":\"" + id + "\"").isProblem(422, "account-frozen");

        rows.transferIs(id, Transfer.of("returned", 100));
        rows.entriesAre(id);
        rows.accountIs(from, new Account(0, 0, 0));
        rows.accountIs(to, new Account(0, 0, 0));
    }

    private HttpAnswer reserve(UUID from, UUID to, long amountMinor, String more)
            throws IOException, InterruptedException {
        return bank.http()
                .post("/v1/reservations", Bank.order(from, to, amountMinor).replace("}", more + "}"));
    }

    private HttpAnswer decide(UUID transfer, String verb, String body) throws IOException, InterruptedException {
        return bank.http().post("/v1/transfers/" + transfer + "/" + verb, body);
    }

    private void onceItIsReserved(UUID transfer) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(state(transfer)).isEqualTo("reserved"));
    }

    private String state(UUID transfer) throws IOException, InterruptedException {
        return bank.http().get("/v1/transfers/" + transfer + "/state").text("status");
    }

    private static UUID id(HttpAnswer answer) {
        return UUID.fromString(answer.text("id"));
    }
}
