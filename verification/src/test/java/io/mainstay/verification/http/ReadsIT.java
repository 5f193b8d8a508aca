package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers ask of the projection: how new it is, by which index and range, and in pages. */
@ExtendWith(SharedServer.class)
class ReadsIT {
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final Pattern FIRST = Pattern.compile("<([^>]+)>; rel=\"first\"");

    private final Bank bank;

    ReadsIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void everyReadingShowsWhatItsCallerHasAnAnswerFor() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        for (int round = 0; round < 20; round++) {
            HttpAnswer posted = bank.transfer(from, to, 5).hasStatus(201);
            String after = "?after=" + posted.number("shard") + ":" + posted.number("offset");
            for (String path : List.of(
                    "/v1/transfers/" + posted.text("id"),
                    "/v1/accounts/" + to + "/entries",
                    "/v1/accounts/" + to + "/transfers",
                    "/v1/accounts/" + to + "/statement",
                    "/v1/ledgers/" + Bank.LEDGER + "/accounts")) {
                HttpAnswer answer = bank.http().get(path + after).hasStatus(200);
                assertThat(projected(answer, posted.number("shard")))
                        .as(path)
                        .isGreaterThanOrEqualTo(posted.number("offset"));
                assertThat(Long.parseLong(answer.header("Mainstay-Projection-Lag")))
                        .isNotNegative();
            }
            for (String path : List.of("/v1/accounts/" + to, "/v1/accounts/" + to + "/changes", "/v1/assets")) {
                bank.http().get(path + after).hasStatus(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts/{account}/entries",
                "accounts/{account}/transfers",
                "accounts/{account}/statement",
                "ledgers/bank/accounts",
                "transfers/{transfer}"
            })
    void tellsHowFarBehindItIsWhenTheTimeIsUp(String path) throws Exception {
        UUID account = bank.settlement();
        HttpAnswer posted = bank.transfer(account, bank.wallet(), 5).hasStatus(201);
        long shard = posted.number("shard");
        String uri = "/v1/" + path.replace("{account}", account.toString()).replace("{transfer}", posted.text("id"));
        long begin = System.nanoTime();

        HttpAnswer behind = bank.http()
                .send("GET", uri + "?after=" + shard + ":99999999", null, Map.of("Prefer", "wait=1"))
                .isProblem(503, "projection-behind");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
        assertThat(behind.number("shard")).isEqualTo(shard);
        assertThat(behind.text("detail")).contains((99_999_999 - behind.number("offset")) + " behind offset 99999999");
        assertThat(behind.header("Retry-After")).isEqualTo("1");
        assertThat(behind.header("Mainstay-Projected")).isEqualTo(shard + ":" + behind.number("offset"));
    }

    @Test
    void memoryRefusesWhatItDoesNotHaveYet() throws Exception {
        HttpAnswer account = bank.account(bank.wallet());

        HttpAnswer refused = bank.http()
                .get("/v1/accounts/" + account.text("id") + "?after=" + account.number("shard") + ":99999999")
                .isProblem(503, "shard-unavailable");

        assertThat(refused.header("Retry-After")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "1:x", "-1:5", "4:0", "99999:0", "1:-1", "0:123456789012345"})
    void refusesAPositionThatIsNone(String after) throws Exception {
        UUID wallet = bank.wallet();
        for (String rest : List.of("", "/entries", "/transfers", "/statement", "/changes")) {
            bank.http()
                    .get("/v1/accounts/" + wallet + rest + "?after=" + after)
                    .isProblem(400, "field-invalid")
                    .blames("/after");
        }
    }

    @Test
    void aStatementAddsUp() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        List<Instant> times = new ArrayList<>();
        for (int amount = 1; amount <= 30; amount++) {
            times.add(
                    Instant.parse(bank.transfer(from, to, amount).hasStatus(201).text("postedAt")));
        }
        bank.transfer(to, from, 100).hasStatus(201);

        // Of the 11th to the 20th.
        String range = "&from=" + times.get(10) + "&to=" + times.get(20);
        List<HttpAnswer> pages = pages("/v1/accounts/" + to + "/statement?limit=4" + range);

        assertThat(pages).hasSize(3);
        List<Integer> amounts = new ArrayList<>();
        for (HttpAnswer page : pages) {
            assertThat(page.number("openingBalanceMinor")).isEqualTo(55);
            assertThat(page.number("closingBalanceMinor")).isEqualTo(210);
            assertThat(page.text("from")).isEqualTo(times.get(10).toString());
            amounts.addAll(values(page, "entries", "amountMinor"));
        }
        assertThat(amounts).containsExactly(11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
        assertThat(bank.http().get("/v1/accounts/" + to + "/statement").number("closingBalanceMinor"))
                .isEqualTo(365);
    }

    @Test
    void thePagesOfAStatementEndWhereTheFirstOneSaysThatItEnds() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        for (int round = 0; round < 4; round++) {
            bank.transfer(from, to, 5).hasStatus(201);
        }
        HttpAnswer first =
                bank.http().get("/v1/accounts/" + to + "/statement?limit=2").hasStatus(200);
        bank.transfer(from, to, 1_000).hasStatus(201);

        HttpAnswer second = bank.http().get(link(NEXT, first)).hasStatus(200);

        assertThat(first.number("openingBalanceMinor")).isZero();
        assertThat(first.number("closingBalanceMinor")).isEqualTo(20);
        assertThat(second.number("closingBalanceMinor")).isEqualTo(20);
        assertThat(values(second, "entries", "balanceMinor")).containsExactly(15, 20);
        assertThat(second.json().get("next")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void aNewAccountHasAnEmptyStatement() throws Exception {
        HttpAnswer statement =
                bank.http().get("/v1/accounts/" + bank.wallet() + "/statement").hasStatus(200);

        assertThat(statement.number("openingBalanceMinor")).isZero();
        assertThat(statement.number("closingBalanceMinor")).isZero();
        assertThat(statement.json().getJsonArray("entries")).isEmpty();
    }

    @Test
    void listsTheTransfersOfAnAccountInARangeOfTimeFromBothSides() throws Exception {
        UUID account = bank.settlement();
        UUID near = bank.settlement();
        UUID far = bank.elsewhere("null", account);
        List<String> ids = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (int round = 0; round < 9; round++) {
            UUID other = round % 3 == 0 ? far : near;
            HttpAnswer posted = (round % 2 == 0 ? bank.transfer(account, other, 1) : bank.transfer(other, account, 1))
                    .hasStatus(201);
            ids.add(0, posted.text("id"));
            times.add(Instant.parse(bank.http()
                    .get("/v1/transfers/" + posted.text("id"))
                    .hasStatus(200)
                    .text("postedAt")));
        }

        String path = "/v1/accounts/" + account + "/transfers?limit=4";
        List<HttpAnswer> pages = pages(path);
        assertThat(pages).hasSize(3);
        assertThat(ids(pages, "transfers")).isEqualTo(ids);
        assertThat(ids(
                        pages("/v1/accounts/" + account + "/transfers?from=" + times.get(3) + "&to=" + times.get(6)),
                        "transfers"))
                .isEqualTo(ids.subList(3, 6));
        HttpAnswer first = bank.http().get(link(FIRST, pages.get(2))).hasStatus(200);
        assertThat(first.json().getJsonArray("transfers"))
                .isEqualTo(pages.get(0).json().getJsonArray("transfers"));
    }

    @Test
    void listsTheAccountsOfAPartyAndOfALedger() throws Exception {
        String ledger = "ledger " + UUID.randomUUID();
        String party = bank.http()
                .post(
                        "/v1/parties",
                        "{\"ledger\":\"%s\",\"name\":\"Ada\"}".formatted(ledger),
                        UUID.randomUUID().toString())
                .hasStatus(201)
                .text("id");
        List<String> owned = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            boolean isHers = number % 2 == 0;
            String id = bank.http()
                    .post(
                            "/v1/accounts",
                            "{\"ledger\":\"%s\",\"asset\":\"EUR\"%s}"
                                    .formatted(ledger, isHers ? ",\"owner\":\"" + party + "\"" : ""),
                            UUID.randomUUID().toString())
                    .hasStatus(201)
                    .text("id");
            all.add(0, id);
            if (isHers) {
                owned.add(0, id);
            }
        }

        assertThat(ids(pages("/v1/parties/" + party + "/accounts?limit=3"), "accounts"))
                .isEqualTo(owned);
        assertThat(ids(pages("/v1/ledgers/" + ledger.replace(" ", "%20") + "/accounts?limit=3"), "accounts"))
                .isEqualTo(all);
        assertThat(bank.http()
                        .get("/v1/ledgers/nobody/accounts")
                        .hasStatus(200)
                        .json()
                        .getJsonArray("accounts"))
                .isEmpty();
    }

    @Test
    void showsNothingOfAnotherTenant() throws Exception {
        UUID account = bank.settlement();
        Map<String, String> stranger = Map.of("Mainstay-Tenant", "stranger");

        for (String rest : List.of("/transfers", "/statement", "/entries")) {
            bank.http()
                    .send("GET", "/v1/accounts/" + account + rest, null, stranger)
                    .isProblem(404, "account-unknown");
        }
        assertThat(bank.http()
                        .send("GET", "/v1/ledgers/" + Bank.LEDGER + "/accounts", null, stranger)
                        .hasStatus(200)
                        .json()
                        .getJsonArray("accounts"))
                .isEmpty();
        bank.http().get("/v1/parties/" + UUID.randomUUID() + "/accounts").isProblem(404, "party-unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "transfers?from=x, from",
        "transfers?to=2026-01-02, to",
        "transfers?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, to",
        "transfers?cursor=djE6Mg, cursor",
        "transfers?limit=501, limit",
        "statement?from=x, from",
        "statement?cursor=djE6Mg, cursor",
        "statement?limit=0, limit",
    })
    void refusesRangesAndCursorsThatMakeNoSense(String query, String name) throws Exception {
        bank.http()
                .get("/v1/accounts/" + bank.wallet() + "/" + query)
                .isProblem(400, "field-invalid")
                .blames("/" + name);
    }

    @Test
    void theDescriptionNamesThePositionAndTheWish() throws Exception {
        JsonObject description =
                bank.http().get("/openapi?format=json").hasStatus(200).json();

        for (String path : List.of(
                "/v1/accounts/{id}/entries",
                "/v1/accounts/{id}/statement",
                "/v1/accounts/{id}/transfers",
                "/v1/parties/{id}/accounts",
                "/v1/ledgers/{ledger}/accounts")) {
            JsonObject read =
                    description.getJsonObject("paths").getJsonObject(path).getJsonObject("get");
            assertThat(read.toString()).as(path).contains("parameters/After", "Mainstay-Projected", "headers/Link");
        }
    }

    private List<HttpAnswer> pages(String path) throws Exception {
        List<HttpAnswer> pages = new ArrayList<>();
        HttpAnswer page = bank.http().get(path).hasStatus(200);
        pages.add(page);
        while (!page.json().isNull("next")) {
            assertThat(pages).as("pages of " + path).hasSizeLessThan(20);
            page = bank.http().get(link(NEXT, page)).hasStatus(200);
            pages.add(page);
        }
        assertThat(page.header("Link")).doesNotContain("rel=\"next\"");
        return pages;
    }

    private static String link(Pattern which, HttpAnswer answer) {
        Matcher link = which.matcher(answer.header("Link"));
        assertThat(link.find()).as("Link: " + answer.header("Link")).isTrue();
        return link.group(1);
    }

    private static List<String> ids(List<HttpAnswer> pages, String list) {
        List<String> ids = new ArrayList<>();
        for (HttpAnswer page : pages) {
            page.json()
                    .getJsonArray(list)
                    .forEach(row -> ids.add(row.asJsonObject().getString("id")));
        }
        return ids;
    }

    private static List<Integer> values(HttpAnswer page, String list, String member) {
        List<Integer> values = new ArrayList<>();
        page.json()
                .getJsonArray(list)
                .forEach(row -> values.add(row.asJsonObject().getInt(member)));
        return values;
    }

    /** The offset that the answer states for a shard. */
    private static long projected(HttpAnswer answer, long shard) {
        Matcher place = Pattern.compile("(?:^|, )" + shard + ":(-?\\d+)").matcher(answer.header("Mainstay-Projected"));
        assertThat(place.find())
                .as("Mainstay-Projected: " + answer.header("Mainstay-Projected"))
                .isTrue();
        return Long.parseLong(place.group(1));
    }
}
