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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transfers of several legs, and what the database shows of them. */
@ExtendWith(SharedServer.class)
class PostingsIT {
    private static final int LEGS_MAX = 64;

    private final Bank bank;
    private final Rows rows;

    PostingsIT(TestServer server) {
        bank = new Bank(server);
        rows = new Rows(server);
    }

    @Test
    void movesAmountsBetweenThreeAccounts() throws Exception {
        UUID from = bank.settlement();
        UUID one = bank.wallet();
        UUID other = bank.wallet();

        HttpAnswer posted = post(leg(from, -30), leg(one, 10), leg(other, 20))
                .hasStatus(201)
                .statesPosition();

        UUID id = id(posted);
        assertThat(posted.header("Location")).isEqualTo("/v1/transfers/" + id);
        assertThat(posted.json().getJsonArray("entries").getValuesAs(JsonObject.class))
                .extracting(entry -> entry.getInt("balanceMinor"))
                .containsExactly(-30, 10, 20);
        rows.transferIs(id, new Transfer("posted", null, null, null));
        rows.entriesAre(id, new Entry(from, -30), new Entry(one, 10), new Entry(other, 20));
        rows.accountIs(other, new Account(20, 0, 0));
        HttpAnswer read = bank.http().get("/v1/transfers/" + id).hasStatus(200);
        assertThat(read.json().isNull("from")).isTrue();
        assertThat(read.json().isNull("amountMinor")).isTrue();
        JsonObject entry = bank.entries(one).json().getJsonArray("entries").getJsonObject(0);
        assertThat(entry.isNull("counterparty")).isTrue();
        assertThat(entry.getString("transferId")).isEqualTo(id.toString());
    }

    @Test
    void movesSeveralAssetsAtOnce() throws Exception {
        UUID euros = bank.settlement();
        UUID dollars = bank.open(Bank.LEDGER, "USD", "null");
        UUID wallet = bank.wallet();
        UUID purse = bank.open(Bank.LEDGER, "USD", "0");

        UUID id = id(post(leg(euros, -9), leg(wallet, 9), leg(dollars, -10), leg(purse, 10))
                .hasStatus(201));

        rows.entriesAre(id, new Entry(euros, -9), new Entry(wallet, 9), new Entry(dollars, -10), new Entry(purse, 10));
        post(leg(euros, -9), leg(purse, 9)).isProblem(400, "legs-unbalanced").blames("/legs");
    }

    @Test
    void movesAmountsBetweenFourShards() throws Exception {
        UUID from = bank.settlement();
        UUID one = bank.elsewhere("0", from);
        UUID two = bank.elsewhere("0", from, one);
        UUID three = bank.elsewhere("0", from, one, two);

        UUID id = id(
                post(leg(from, -60), leg(one, 10), leg(two, 20), leg(three, 30)).hasStatus(201));

        rows.transferIs(id, new Transfer("posted", null, null, null));
        rows.entriesAre(id, new Entry(from, -60), new Entry(one, 10), new Entry(two, 20), new Entry(three, 30));
        rows.accountIs(from, new Account(-60, 0, 0));
        rows.accountIs(one, new Account(10, 0, 0));
        rows.accountIs(two, new Account(20, 0, 0));
        rows.accountIs(three, new Account(30, 0, 0));
    }

    @Test
    void movesNothingIfOneOfFourShardsRefuses() throws Exception {
        UUID from = bank.settlement();
        UUID one = bank.elsewhere("0", from);
        UUID two = bank.elsewhere("0", from, one);
        UUID three = bank.elsewhere("0", from, one, two);
        bank.http().post("/v1/accounts/" + three + "/freeze", "{}").hasStatus(200);
        UUID id = UUID.randomUUID();

        postAs(id, leg(from, -60), leg(one, 10), leg(two, 20), leg(three, 30)).isProblem(422, "account-frozen");

        rows.transferIs(id, new Transfer("returned", null, null, null));
        for (UUID account : List.of(from, one, two, three)) {
            rows.accountIs(account, new Account(0, 0, 0));
            rows.entriesCancelOut(id, account);
        }
        assertThat(bank.account(from).number("balanceMinor")).isZero();
        assertThat(bank.account(from).number("version")).isGreaterThan(1);
    }

    @Test
    void refusesLegsThatDoNotAddUp() throws Exception {
        UUID from = bank.settlement();
        UUID one = bank.wallet();
        UUID far = bank.elsewhere("0", from);
        UUID id = UUID.randomUUID();

        postAs(id, leg(from, -30), leg(one, 10), leg(far, 15))
                .isProblem(400, "legs-unbalanced")
                .blames("/legs");
        post(leg(from, -30), leg(one, 31)).isProblem(400, "legs-unbalanced").blames("/legs");
        post(leg(from, Long.MIN_VALUE + 1), leg(one, Long.MAX_VALUE), leg(far, 1))
                .isProblem(400, "legs-unbalanced")
                .blames("/legs");

        UUID later = id(bank.transfer(from, one, 1).hasStatus(201));
        rows.entriesAre(later, new Entry(from, -1), new Entry(one, 1));
        rows.hasNoTransfer(id);
    }

    @Test
    void takesEachAccountOnce() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        post(leg(from, -30), leg(to, 10), leg(to, 20))
                .isProblem(400, "account-repeated")
                .blames("/legs/2/account");
    }

    @Test
    void takesUpTo64Legs() throws Exception {
        UUID from = bank.settlement();
        List<String> legs = new ArrayList<>(List.of(leg(from, -(LEGS_MAX - 1))));
        while (legs.size() < LEGS_MAX) {
            legs.add(leg(bank.wallet(), 1));
        }

        UUID id = id(post(legs.toArray(String[]::new)).hasStatus(201));

        rows.accountIs(from, new Account(-(LEGS_MAX - 1), 0, 0));
        rows.transferIs(id, new Transfer("posted", null, null, null));
        legs.add(leg(bank.wallet(), 1));
        post(legs.toArray(String[]::new)).isProblem(400, "field-invalid").blames("/legs");
        post(leg(from, -1)).isProblem(400, "field-invalid").blames("/legs");
    }

    @Test
    void pointsAtTheLegThatIsWrong() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        post(leg(from, 0), leg(to, 0)).isProblem(400, "field-invalid").blames("/legs");
        post(leg(from, -1), "{\"account\":\"17\",\"amountMinor\":1}")
                .isProblem(400, "field-invalid")
                .blames("/legs/1/account");
        post(leg(from, -1), "{\"account\":\"" + to + "\"}")
                .isProblem(400, "field-missing")
                .blames("/legs/1/amountMinor");
        post(leg(from, -1), leg(UUID.randomUUID(), 1))
                .isProblem(404, "account-unknown")
                .blames("/legs/1/account");
        post(leg(to, -1), leg(from, 1)).isProblem(422, "funds-insufficient").blames("/legs/0/amountMinor");
    }

    private HttpAnswer post(String... legs) throws IOException, InterruptedException {
        return postAs(UUID.randomUUID(), legs);
    }

    private HttpAnswer postAs(UUID id, String... legs) throws IOException, InterruptedException {
        return bank.http()
                .post(
                        "/v1/postings",
                        "{\"id\":\"" + id + "\",\"legs\":[" + String.join(",", legs) + "]}",
                        "posting-" + id);
    }

    private static String leg(UUID account, long amountMinor) {
        return "{\"account\":\"%s\",\"amountMinor\":%d}".formatted(account, amountMinor);
    }

    private static UUID id(HttpAnswer answer) {
        return UUID.fromString(answer.text("id"));
    }
}
