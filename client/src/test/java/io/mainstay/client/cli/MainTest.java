package io.mainstay.client.cli;

import static io.mainstay.client.Samples.ACCOUNT_JSON;
import static io.mainstay.client.Samples.ALICE;
import static io.mainstay.client.Samples.BANK;
import static io.mainstay.client.Samples.CHANGED_JSON;
import static io.mainstay.client.Samples.POSTING_JSON;
import static io.mainstay.client.Samples.RESERVED_JSON;
import static io.mainstay.client.Samples.STATE_JSON;
import static io.mainstay.client.Samples.TRANSFER;
import static io.mainstay.client.Samples.TRANSFER_JSON;
import static io.mainstay.client.Samples.accountsJson;
import static io.mainstay.client.Samples.changesJson;
import static io.mainstay.client.Samples.entriesJson;
import static io.mainstay.client.Samples.problemJson;
import static io.mainstay.client.Samples.statementJson;
import static io.mainstay.client.Samples.transfersJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.client.ScriptedServer;
import io.mainstay.client.ScriptedServer.Asked;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MainTest {
    private static final String LETTER = "0b9d5a1e-3f4c-4d2b-9c8a-7e6f5d4c3b2a";
    private static final String LETTER_JSON = "\"id\":\"" + LETTER + "\",\"target\":\"sql\",\"shard\":2,\"offset\":58,"
            + "\"index\":1,\"eventAt\":\"2026-11-21T10:15:30Z\",\"domain\":\"ledger\",\"type\":\"TransferPosted\","
            + "\"state\":\"parked\",\"cause\":\"because\",\"retries\":3,\"createdAt\":\"2026-11-21T10:15:31Z\","
            + "\"updatedAt\":\"2026-11-21T10:15:32Z\",\"rows\":[\"accounts id=1\"]";

    private final ScriptedServer server = new ScriptedServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsAnAccountToPeople() {
        server.says(200, ACCOUNT_JSON);

        assertThat(run("account", "show", BANK.toString())).isZero();

        assertThat(out.toString())
                .contains("id               " + BANK + "\n", "minBalanceMinor  none\n", "balanceMinor     0\n");
    }

    @Test
    void showsAnAccountToPrograms() {
        server.says(200, ACCOUNT_JSON);

        assertThat(run("account", "show", BANK.toString(), "--json")).isZero();

        assertThat(out.toString().strip()).isEqualTo("""
                        {"id":"%s","ledger":"main","asset":"EUR","status":"open","minBalanceMinor":null,"maxBalanceMinor":null,"balanceMinor":0,"reservedMinor":0,"expectedMinor":0,"availableMinor":0,"reference":"","version":1,"shard":2,"offset":17}""".formatted(BANK));
    }

    @Test
    void opensAnAccountAsToldAndUnderTheGivenKey() {
        server.says(201, ACCOUNT_JSON);

        assertThat(run(
                        "account",
                        "open",
                        "--asset",
                        "EUR",
                        "--ledger",
                        "shop",
                        "--min-balance",
                        "-500",
                        "--key",
                        "k-1"))
                .isZero();

        assertThat(server.asked()).hasSize(1);
        assertThat(server.asked().get(0).key()).isEqualTo("k-1");
        assertThat(server.asked().get(0).body())
                .isEqualTo("{\"ledger\":\"shop\",\"asset\":\"EUR\",\"minBalanceMinor\":-500}");
    }

    @Test
    void postsATransfer() {
        server.says(201, TRANSFER_JSON);

        assertThat(run("transfer", "post", "--from", BANK.toString(), "--to", ALICE.toString(), "--amount", "1250"))
                .isZero();

        assertThat(out.toString()).contains("status            posted\n", "toBalanceMinor    1250\n");
    }

    @Test
    void readsEntriesPageByPage() {
        server.says(200, entriesJson("\"c\"")).says(200, entriesJson("null"));

        assertThat(run("account", "entries", BANK.toString(), "--limit", "5", "--json"))
                .isZero();

        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void showsAStatementPageByPage() {
        server.says(200, statementJson("\"c\"")).says(200, statementJson("null"));

        assertThat(run("account", "statement", BANK.toString(), "--from", "2026-11-01T00:00:00+01:00", "--json"))
                .isZero();

        assertThat(out.toString().lines()).hasSize(3).first().asString().contains("\"closingBalanceMinor\":-1250");
        assertThat(server.asked().get(0).path()).endsWith("/statement?limit=20&from=2026-10-31T23:00:00Z");
        assertThat(server.asked().get(1).path()).endsWith("/statement?limit=19&from=2026-10-31T23:00:00Z&cursor=c");
    }

    @Test
    void listsTransfersAndAccounts() {
        server.says(200, transfersJson("null")).says(200, accountsJson("null")).says(200, accountsJson("null"));

        assertThat(run("account", "transfers", BANK.toString())).isZero();
        assertThat(run("account", "list", "--owner", ALICE.toString())).isZero();
        assertThat(run("account", "list", "--ledger", "main", "--to", "2026-11-01T00:00:00Z"))
                .isZero();

        assertThat(server.asked())
                .extracting(Asked::path)
                .containsExactly(
                        "/v1/accounts/" + BANK + "/transfers?limit=20",
                        "/v1/parties/" + ALICE + "/accounts?limit=20",
                        "/v1/ledgers/main/accounts?limit=20&to=2026-11-01T00:00:00Z");
        assertThat(out.toString()).contains("status           frozen\n", "amountMinor       1250\n");
    }

    @Test
    void wantsAnOwnerOrALedgerAndAProperTime() {
        assertThat(run("account", "list")).isEqualTo(2);
        assertThat(run("account", "statement", BANK.toString(), "--to", "soon")).isEqualTo(2);

        assertThat(server.asked()).isEmpty();
        assertThat(err.toString()).contains("--owner or --ledger wanted", "--to is 'soon'");
    }

    @Test
    void endsWithOneWhenTheServerRefuses() {
        server.says(422, problemJson("funds-insufficient", 422, "/amountMinor"));

        assertThat(run("transfer", "post", "--from", BANK.toString(), "--to", ALICE.toString(), "--amount", "1250"))
                .isEqualTo(Main.EXIT_REFUSED);

        assertThat(err.toString())
                .isEqualTo("mainstay: funds-insufficient (422): Says why.; /amountMinor: This one.\n");
    }

    @Test
    void saysOnceWhyAFieldIsToBlame() {
        server.says(422, problemJson("account-frozen", 422, "/from").replace("This one.", "Says why."));

        assertThat(run("transfer", "cancel", TRANSFER.toString())).isEqualTo(Main.EXIT_REFUSED);

        assertThat(err.toString()).isEqualTo("mainstay: account-frozen (422): Says why. (/from)\n");
    }

    @Test
    void endsWithThreeAndTheKeyWhenNobodyAnswers() {
        server.says(503, problemJson("outcome-unknown", 503, ""));

        assertThat(run("account", "open", "--asset", "EUR", "--key", "k-1", "--wait", "0"))
                .isEqualTo(Main.EXIT_UNANSWERED);

        assertThat(err.toString()).contains("outcome-unknown (503)", "--key k-1");
    }

    @Test
    void endsWithTwoWhenTheCommandLineIsWrong() {
        assertThat(run("account", "show", "not-an-id")).isEqualTo(2);
        assertThat(run("account", "open", "--asset", "EUR", "--min-balance", "much"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("not-an-id", "a whole number or none wanted");
    }

    @Test
    void showsAnAccountAsItWas() {
        server.says(200, ACCOUNT_JSON).says(200, ACCOUNT_JSON);

        assertThat(run("account", "show", BANK.toString(), "--at", "17")).isZero();
        assertThat(run("account", "show", BANK.toString(), "--as-of", "2026-11-21T11:15:30+01:00"))
                .isZero();

        assertThat(server.asked().get(0).path()).endsWith("?at=17");
        assertThat(server.asked().get(1).path()).endsWith("?asOf=2026-11-21T10:15:30Z");
    }

    @Test
    void wantsOneMomentThatIsOne() {
        assertThat(run("account", "show", BANK.toString(), "--at", "17", "--as-of", "2026-11-21T11:15:30Z"))
                .isEqualTo(2);
        assertThat(run("account", "show", BANK.toString(), "--as-of", "yesterday"))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "--at and --as-of are both given",
                        "--as-of is 'yesterday', a time such as 2026-01-02T03:04:05Z wanted");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void changesAnAccountAsTold() {
        String account = ALICE.toString();
        String place = "/v1/accounts/" + account;

        order(
                "{\"minBalanceMinor\":null,\"maxBalanceMinor\":900}",
                place + "/limits",
                "account",
                "limits",
                account,
                "--min-balance",
                "none",
                "--max-balance",
                "900");
        order("{\"reference\":\"\"}", place + "/reference", "account", "rename", account, "--reference", "");
        order("{\"reason\":\"order\"}", place + "/freeze", "account", "freeze", account, "--reason", "order");
        order("{}", place + "/unfreeze", "account", "unfreeze", account);
        order("{}", place + "/close", "account", "close", account);
        order("{\"name\":\"Ada\"}", "/v1/parties/" + account, "party", "change", account, "--name", "Ada");

        assertThat(out.toString()).contains("version  3\n", "at       2026-11-21T10:15:32Z\n");
    }

    @Test
    void tellsWhyAnAccountIsAsItIsPageByPage() {
        server.says(200, changesJson("20")).says(200, changesJson("null"));

        assertThat(run("account", "changes", BANK.toString(), "--json")).isZero();

        assertThat(out.toString().lines()).hasSize(4);
        assertThat(out.toString().lines().findFirst()).contains("""
                        {"shard":2,"offset":18,"time":"2026-11-21T10:15:31Z","command":{"type":"PostTransfer","id":"%s"},"events":[{"type":"TransferPosted","amountMinor":7}]}""".formatted(TRANSFER));
        assertThat(server.asked().get(1).path()).endsWith("/changes?limit=18&from=20");
    }

    @Test
    void listsWhatALineHoldsBelowIt() {
        server.says(200, STATE_JSON);

        assertThat(run("transfer", "state", TRANSFER.toString())).isZero();

        assertThat(out.toString())
                .contains("status     reserved\n", "legs       \n  " + BANK + "  EUR  -30\n  " + ALICE + "  EUR  30\n");
    }

    @Test
    void reservesConfirmsCancelsAndReverses() {
        String transfer = TRANSFER.toString();
        String place = "/v1/transfers/" + transfer;
        server.says(201, RESERVED_JSON)
                .says(200, TRANSFER_JSON)
                .says(200, TRANSFER_JSON)
                .says(201, POSTING_JSON)
                .says(201, POSTING_JSON);

        assertThat(run(
                        "transfer",
                        "reserve",
                        "--from",
                        BANK.toString(),
                        "--to",
                        ALICE.toString(),
                        "--amount",
                        "100",
                        "--expires-in",
                        "60"))
                .isZero();
        assertThat(run("transfer", "confirm", transfer, "--amount", "60")).isZero();
        assertThat(run("transfer", "cancel", transfer)).isZero();
        assertThat(run("transfer", "reverse", transfer, "--id", BANK.toString()))
                .isZero();
        assertThat(run("transfer", "split", "--leg", BANK + "=-30", "--leg", ALICE + "=30"))
                .isZero();

        assertThat(server.asked())
                .extracting(Asked::path)
                .containsExactly(
                        "/v1/reservations", place + "/confirm", place + "/cancel", place + "/reverse", "/v1/postings");
        assertThat(server.asked())
                .extracting(Asked::body)
                .containsExactly(
                        "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":100,\"expiresInMillis\":60000}"
                                .formatted(BANK, ALICE),
                        "{\"amountMinor\":60}",
                        "{}",
                        "{\"id\":\"%s\"}".formatted(BANK),
                        "{\"legs\":[{\"account\":\"%s\",\"amountMinor\":-30},{\"account\":\"%s\",\"amountMinor\":30}]}"
                                .formatted(BANK, ALICE));
    }

    @Test
    void definesAndListsAssets() {
        server.says(
                        201,
                        "{\"code\":\"POINTS\",\"scale\":0,\"shard\":2,\"offset\":18,\"definedAt\":\"2026-11-21T10:15:31Z\"}")
                .says(200, "{\"assets\":[]}");

        assertThat(run("asset", "define", "POINTS", "--scale", "0", "--key", "k-1"))
                .isZero();
        assertThat(run("asset", "list")).isZero();

        assertThat(server.asked().get(0).body()).isEqualTo("{\"code\":\"POINTS\",\"scale\":0}");
        assertThat(out.toString()).contains("inFlightMinor  0\n");
    }

    @Test
    void wantsWhatAnOrderNeeds() {
        assertThat(run("asset", "define", "POINTS")).isEqualTo(2);
        assertThat(run("transfer", "reserve", "--from", BANK.toString())).isEqualTo(2);
        assertThat(run("account", "limits", BANK.toString(), "--min-balance", "0", "--max-balance", "much"))
                .isEqualTo(2);
        assertThat(run("account", "changes", BANK.toString(), "--limit", "0")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "'--scale=DIGITS'",
                        "'--to=ACCOUNT', '--amount=MINOR'",
                        "--max-balance is 'much', a whole number or none wanted",
                        "--limit is 0, at least 1 wanted");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void listsDeadLettersPageByPage() {
        server.says(200, "{\"deadLetters\":[{" + LETTER_JSON + "}],\"next\":\"" + LETTER + "\"}")
                .says(200, "{\"deadLetters\":[],\"next\":null}");

        assertThat(run("dead-letters", "list", "--shard", "2", "--target", "my own", "--state", "parked"))
                .isZero();

        assertThat(server.asked())
                .extracting(Asked::path)
                .containsExactly(
                        "/v1/operations/dead-letters?limit=20&target=my+own&shard=2&state=parked",
                        "/v1/operations/dead-letters?limit=19&target=my+own&shard=2&state=parked&after=" + LETTER);
        assertThat(out.toString()).contains("cause      because", "rows       \n  accounts id=1");
    }

    @Test
    void showsRetriesAndDiscardsDeadLetters() {
        String details = "{" + LETTER_JSON + ",\"frameHash\":\"0f\",\"event\":{\"type\":\"TransferPosted\"},"
                + "\"discardedBy\":null,\"discardedBecause\":null,\"stack\":\"at x\"}";
        server.says(200, details)
                .says(200, "{\"target\":\"sql\",\"shard\":2,\"resolvedCount\":5,\"parkedCount\":1,\"queuedCount\":4}")
                .says(200, details);

        assertThat(run("dead-letters", "show", LETTER)).isZero();
        assertThat(run("dead-letters", "retry", LETTER)).isZero();
        assertThat(run("dead-letters", "discard", LETTER, "--by", "olga", "--reason", "agreed"))
                .isZero();

        assertThat(server.asked())
                .extracting(asked -> asked.method() + " " + asked.path() + " " + asked.body())
                .containsExactly(
                        "GET /v1/operations/dead-letters/" + LETTER + " ",
                        "POST /v1/operations/dead-letters/" + LETTER + "/retry {}",
                        "POST /v1/operations/dead-letters/" + LETTER
                                + "/discard {\"by\":\"olga\",\"reason\":\"agreed\"}");
        assertThat(out.toString())
                .contains("event      {\"type\":\"TransferPosted\"}", "stack      at x", "resolvedCount  5");
        assertThat(run("dead-letters", "discard", LETTER)).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("account", "transfer", "asset", "party", "saga", "dead-letters", "--url", "Exit codes:");
    }

    /** An order about an account or a party, as it goes out. */
    private void order(String body, String path, String... args) {
        server.says(200, CHANGED_JSON);

        assertThat(run(args)).isZero();

        List<Asked> all = server.asked();
        assertThat(all.get(all.size() - 1).path()).isEqualTo(path);
        assertThat(all.get(all.size() - 1).body()).isEqualTo(body);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url=" + server.url());
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
