package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class EntriesIT {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final Bank bank;

    EntriesIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void showsBothSidesOfATransferAtOnce() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        for (int round = 1; round <= 20; round++) {
            HttpAnswer posted = bank.transfer(from, to, 5).hasStatus(201);

            JsonObject given = newest(bank.entries(from));
            JsonObject received = newest(bank.entries(to));

            assertThat(given.getString("transferId")).isEqualTo(posted.text("id"));
            assertThat(given.getString("counterparty")).isEqualTo(to.toString());
            assertThat(given.getInt("amountMinor")).isEqualTo(-5);
            assertThat(given.getInt("balanceMinor")).isEqualTo(-5 * round);
            assertThat(received.getString("counterparty")).isEqualTo(from.toString());
            assertThat(received.getInt("amountMinor")).isEqualTo(5);
            assertThat(received.getInt("balanceMinor")).isEqualTo(5 * round);
            assertThat(received.getInt("version")).isEqualTo(round + 1);
            assertThat(received.getInt("shard")).isEqualTo((int) posted.number("shard"));
            assertThat(received.getJsonNumber("offset").longValueExact()).isEqualTo(posted.number("offset"));
            assertThat(received.getString("postedAt")).isEqualTo(posted.text("postedAt"));
        }
    }

    @Test
    void statesHowFarTheProjectionIs() throws Exception {
        UUID from = bank.settlement();
        HttpAnswer posted = bank.transfer(from, bank.wallet(), 5).hasStatus(201);

        JsonObject projection = bank.entries(from).json().getJsonObject("projection");

        assertThat(projection.getInt("shard")).isEqualTo((int) posted.number("shard"));
        assertThat(projection.getJsonNumber("offset").longValueExact()).isGreaterThanOrEqualTo(posted.number("offset"));
    }

    @Test
    void leafsFromNewToOldWithoutGapsWhileMoneyMoves() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        for (int amount = 1; amount <= 25; amount++) {
            bank.transfer(from, to, amount).hasStatus(201);
        }

        List<Integer> amounts = new ArrayList<>();
        String path = "/v1/accounts/" + to + "/entries?limit=10";
        for (int page = 0; page < 3; page++) {
            HttpAnswer answer = bank.http().get(path).hasStatus(200);
            answer.json()
                    .getJsonArray("entries")
                    .forEach(entry -> amounts.add(entry.asJsonObject().getInt("amountMinor")));
            bank.transfer(from, to, 1_000).hasStatus(201);
            path = page < 2 ? nextOf(answer) : path;
            if (page == 2) {
                assertThat(answer.json().get("next")).isEqualTo(JsonValue.NULL);
                assertThat(answer.header("Link")).contains("rel=\"first\"").doesNotContain("rel=\"next\"");
            }
        }

        List<Integer> expected = new ArrayList<>();
        for (int amount = 25; amount >= 1; amount--) {
            expected.add(amount);
        }
        assertThat(amounts).isEqualTo(expected);
    }

    @Test
    void hasNoEntriesOfANewAccount() throws Exception {
        HttpAnswer answer = bank.entries(bank.wallet()).hasStatus(200);

        assertThat(answer.json().getJsonArray("entries")).isEmpty();
        assertThat(answer.json().get("next")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void knowsNoAccountThatNobodyOpened() throws Exception {
        bank.entries(UUID.randomUUID()).isProblem(404, "account-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=-1", "limit=501", "limit=x", "limit=", "cursor=x", "cursor=%00", "cursor="})
    void refusesParametersThatMakeNoSense(String query) throws Exception {
        String name = query.substring(0, query.indexOf('='));

        bank.http()
                .get("/v1/accounts/" + bank.wallet() + "/entries?" + query)
                .isProblem(400, "field-invalid")
                .blames("/" + name);
    }

    private static JsonObject newest(HttpAnswer answer) {
        return answer.hasStatus(200).json().getJsonArray("entries").getJsonObject(0);
    }

    private static String nextOf(HttpAnswer answer) {
        Matcher link = NEXT.matcher(answer.header("Link"));
        assertThat(link.find()).as("Link: " + answer.header("Link")).isTrue();
        assertThat(link.group(1)).contains(answer.text("next"));
        return link.group(1);
    }
}
