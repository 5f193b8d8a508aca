package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of accounts, and why. */
@ExtendWith(SharedServer.class)
class AccountCommandsIT {
    private final Bank bank;

    AccountCommandsIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void freezesAndUnfreezesAndCloses() throws Exception {
        UUID bankAccount = bank.settlement();
        UUID wallet = bank.wallet();
        String place = "/v1/accounts/" + wallet;

        bank.http().post(place + "/freeze", "{\"reason\":\"order\"}").hasStatus(200);
        bank.transfer(bankAccount, wallet, 1).isProblem(422, "account-frozen").blames("/to");
        assertThat(bank.account(wallet).text("status")).isEqualTo("frozen");
        bank.http().post(place + "/unfreeze", "{}").hasStatus(200);
        bank.transfer(bankAccount, wallet, 1).hasStatus(201);
        bank.http().post(place + "/close", "{}").isProblem(422, "account-not-empty");
        bank.transfer(wallet, bankAccount, 1).hasStatus(201);
        bank.http().post(place + "/close", "{}").hasStatus(200);

        bank.transfer(bankAccount, wallet, 1).isProblem(422, "account-closed");
    }

    @Test
    void knowsAnAccountAsItWasAndWhy() throws Exception {
        UUID from = bank.settlement();
        UUID wallet = bank.wallet();
        HttpAnswer first = bank.transfer(from, wallet, 10).hasStatus(201);
        bank.transfer(from, wallet, 5).hasStatus(201);

        HttpAnswer then = bank.http()
                .get("/v1/accounts/" + wallet + "?at=" + first.number("offset"))
                .hasStatus(200);
        assertThat(then.number("balanceMinor")).isEqualTo(10);
        assertThat(bank.http()
                        .get("/v1/accounts/" + wallet + "?asOf=" + first.text("postedAt"))
                        .number("balanceMinor"))
                .isEqualTo(10);

        HttpAnswer why = bank.http().get("/v1/accounts/" + wallet + "/changes").hasStatus(200);
        assertThat(why.json().getJsonArray("changes")).hasSize(3);
        assertThat(why.json()
                        .getJsonArray("changes")
                        .getJsonObject(1)
                        .getJsonObject("command")
                        .getString("type"))
                .isEqualTo("PostTransfer");
    }

    @Test
    void setsOnlyLimitsThatTheBalanceIsWithin() throws Exception {
        UUID wallet = bank.wallet();
        bank.transfer(bank.settlement(), wallet, 10).hasStatus(201);

        HttpAnswer refused = limits(wallet, "null", "9").isProblem(422, "limits-broken");
        limits(wallet, "9", "8").isProblem(400, "field-invalid").blames("/maxBalanceMinor");
        limits(wallet, "-5", "10").hasStatus(200);

        assertThat(refused.blames("/maxBalanceMinor").text("detail")).endsWith("the limits are null and 9.");
        assertThat(bank.account(wallet).number("minBalanceMinor")).isEqualTo(-5);
        assertThat(bank.account(wallet).number("maxBalanceMinor")).isEqualTo(10);
        bank.transfer(bank.settlement(), wallet, 1).isProblem(422, "limit-exceeded");
    }

    @Test
    void tellsWhatAnotherShardAskedFor() throws Exception {
        UUID here = bank.settlement();
        UUID there = bank.elsewhere("0", here);
        String id = bank.transfer(here, there, 7).hasStatus(201).text("id");

        HttpAnswer why = bank.http().get("/v1/accounts/" + there + "/changes").hasStatus(200);

        JsonObject change = why.json().getJsonArray("changes").getJsonObject(1);
        assertThat(change.getInt("sender")).isEqualTo((int) bank.account(here).number("shard"));
        assertThat(change.getJsonObject("command").getString("type")).isEqualTo("PutIn");
        assertThat(change.getJsonObject("command").getString("id")).isEqualTo(id);
    }

    @Test
    void keepsTenantsApartAndPersonalDataMasked() throws Exception {
        Map<String, String> acme = Map.of("Mainstay-Tenant", "acme");
        UUID party = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        bank.http()
                .post(
                        "/v1/parties",
                        "{\"id\":\"%s\",\"name\":\"Ada Byron\",\"email\":\"ada@example.org\"}".formatted(party),
                        acme)
                .hasStatus(201);
        bank.http()
                .post(
                        "/v1/accounts",
                        "{\"id\":\"%s\",\"asset\":\"EUR\",\"owner\":\"%s\",\"maxBalanceMinor\":100}"
                                .formatted(account, party),
                        acme)
                .hasStatus(201);

        bank.account(account).isProblem(404, "account-unknown");
        bank.http().get("/v1/parties/" + party).isProblem(404, "party-unknown");
        bank.http().get("/v1/accounts/" + account + "/changes").isProblem(404, "account-unknown");
    }

    private HttpAnswer limits(UUID account, String min, String max) throws IOException, InterruptedException {
        return bank.http()
                .send(
                        "PUT",
                        "/v1/accounts/" + account + "/limits",
                        "{\"minBalanceMinor\":%s,\"maxBalanceMinor\":%s}".formatted(min, max),
                        Map.of());
    }
}
