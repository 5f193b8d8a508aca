package io.mainstay.client;

import static io.mainstay.client.Samples.ACCOUNT_JSON;
import static io.mainstay.client.Samples.ALICE;
import static io.mainstay.client.Samples.BANK;
import static io.mainstay.client.Samples.STATE_JSON;
import static io.mainstay.client.Samples.TRANSFER;
import static io.mainstay.client.Samples.accountsJson;
import static io.mainstay.client.Samples.changesJson;
import static io.mainstay.client.Samples.statementJson;
import static io.mainstay.client.Samples.transfersJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of the server without changing anything. */
class ReadsTest {
    private final ScriptedServer server = new ScriptedServer();
    private final MainstayClient client = new MainstayClient(ClientConfig.of(server.url()));

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void readsAnAccountWithAllThatItHas() {
        server.says(200, """
                {"id":"%s","ledger":"main","asset":"EUR","status":"frozen","minBalanceMinor":-5,"maxBalanceMinor":900,
                 "balanceMinor":100,"reservedMinor":30,"expectedMinor":7,"availableMinor":70,"reference":"rent",
                 "owner":"%s","version":4,"shard":2,"offset":17}""".formatted(BANK, ALICE));

        Account account = client.account(BANK);

        assertThat(account)
                .isEqualTo(new Account(
                        BANK, "main", "EUR", "frozen", -5L, 900L, 100, 30, 7, "rent", ALICE, 4, new Position(2, 17)));
        assertThat(account.availableMinor()).isEqualTo(70);
    }

    @Test
    void readsAnAccountAsItWas() {
        server.says(200, ACCOUNT_JSON).says(200, ACCOUNT_JSON);

        client.accountAt(BANK, 17);
        client.accountAsOf(BANK, Instant.parse("2026-11-21T10:15:30.123456Z"));

        assertThat(server.asked().get(0).path()).isEqualTo("/v1/accounts/" + BANK + "?at=17");
        assertThat(server.asked().get(1).path())
                .isEqualTo("/v1/accounts/" + BANK + "?asOf=2026-11-21T10:15:30.123456Z");
    }

    @Test
    void readsWhyAnAccountIsAsItIs() {
        server.says(200, changesJson("20")).says(200, "{\"shard\":2,\"changes\":[],\"next\":null}");

        ChangePage first = client.changes(BANK, 2, null);
        ChangePage last = client.changes(BANK, 2, first.next());

        assertThat(first.changes())
                .containsExactly(
                        new Change(
                                18,
                                Instant.parse("2026-11-21T10:15:31Z"),
                                null,
                                new Change.Recorded(
                                        "PostTransfer", "{\"type\":\"PostTransfer\",\"id\":\"" + TRANSFER + "\"}"),
                                List.of(new Change.Recorded(
                                        "TransferPosted", "{\"type\":\"TransferPosted\",\"amountMinor\":7}"))),
                        new Change(
                                19,
                                Instant.parse("2026-11-21T10:15:32Z"),
                                3,
                                null,
                                List.of(new Change.Recorded("TransferExpired", "{\"type\":\"TransferExpired\"}"))));
        assertThat(last.next()).isNull();
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/accounts/" + BANK + "/changes?limit=2");
        assertThat(server.asked().get(1).path()).isEqualTo("/v1/accounts/" + BANK + "/changes?limit=2&from=20");
    }

    @Test
    void readsATransferOfManyAccounts() {
        server.says(200, """
                {"id":"%s","status":"posted","from":null,"to":null,"asset":null,"amountMinor":null,"reference":"split",
                 "reverses":null,"reversedBy":"%s","expiresAt":null,"shard":2,"offset":18,
                 "postedAt":"2026-11-21T10:15:31Z"}""".formatted(TRANSFER, ALICE));

        Transfer transfer = client.transfer(TRANSFER);

        assertThat(transfer.from()).isNull();
        assertThat(transfer.amountMinor()).isNull();
        assertThat(transfer.reversedBy()).isEqualTo(ALICE);
    }

    @Test
    void asksForWhatItHasAnAnswerFor() {
        String row = """
                {"id":"%s","status":"posted","from":null,"to":null,"asset":null,"amountMinor":null,"reference":null,
                 "reverses":null,"reversedBy":null,"expiresAt":null,"shard":2,"offset":18,
                 "postedAt":"2026-11-21T10:15:31Z"}""".formatted(TRANSFER);
        server.says(200, row).says(200, "{\"entries\":[],\"next\":null,\"projection\":{\"shard\":2,\"offset\":18}}");

        Transfer transfer = client.transfer(TRANSFER, new Position(2, 18));
        client.entries(BANK, 5, null, transfer.position());

        assertThat(server.asked().get(0).path()).isEqualTo("/v1/transfers/" + TRANSFER + "?after=2:18");
        assertThat(server.asked().get(1).path()).isEqualTo("/v1/accounts/" + BANK + "/entries?limit=5&after=2:18");
    }

    @Test
    void readsAStatement() {
        server.says(200, statementJson("\"c=\"")).says(200, statementJson("null"));
        Instant from = Instant.parse("2026-11-01T00:00:00Z");
        Range november = Range.all(5).between(from, Instant.parse("2026-12-01T00:00:00Z"));

        Statement first = client.statement(BANK, november);
        Statement last = client.statement(BANK, november.at(first.next()).showing(new Position(2, 18)));

        assertThat(first.from()).isEqualTo(from);
        assertThat(first.openingBalanceMinor()).isZero();
        assertThat(first.closingBalanceMinor()).isEqualTo(-1250);
        assertThat(first.entries()).extracting(Entry::transferId).containsExactly(TRANSFER);
        assertThat(first.projection()).isEqualTo(new Position(2, 18));
        assertThat(last.next()).isNull();
        String path = "/v1/accounts/" + BANK + "/statement?limit=5&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
        assertThat(server.asked().get(0).path()).isEqualTo(path);
        assertThat(server.asked().get(1).path()).isEqualTo(path + "&cursor=c%3D&after=2:18");
    }

    @Test
    void listsTheTransfersOfAnAccount() {
        server.says(200, transfersJson("\"c\""));

        TransferPage page = client.transfers(BANK, Range.all(7));

        assertThat(page.transfers()).extracting(Transfer::id).containsExactly(TRANSFER);
        assertThat(page.next()).isEqualTo("c");
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/accounts/" + BANK + "/transfers?limit=7");
    }

    @Test
    void listsTheAccountsOfAPartyAndOfALedger() {
        server.says(200, accountsJson("null")).says(200, accountsJson("null"));

        AccountPage owned = client.accountsOf(ALICE, Range.all(7));
        client.accountsIn("Größe 1/2", Range.all(7));

        assertThat(owned.accounts())
                .containsExactly(new ListedAccount(
                        BANK,
                        "main",
                        "EUR",
                        "frozen",
                        -5L,
                        null,
                        100,
                        30,
                        7,
                        "",
                        ALICE,
                        4,
                        2,
                        Instant.parse("2026-11-21T10:15:30.123456Z")));
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/parties/" + ALICE + "/accounts?limit=7");
        assertThat(server.asked().get(1).path()).isEqualTo("/v1/ledgers/Gr%C3%B6%C3%9Fe%201%2F2/accounts?limit=7");
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThatThrownBy(() -> Range.all(0)).hasMessage("limit is 0, 1 to 500 wanted");
        assertThatThrownBy(() -> Range.all(1).between(Instant.ofEpochSecond(2), Instant.ofEpochSecond(1)))
                .hasMessageContaining("before from");
    }

    @Test
    void readsHowFarATransferIs() {
        server.says(200, STATE_JSON);

        TransferState state = client.transferState(TRANSFER);

        assertThat(state)
                .isEqualTo(new TransferState(
                        TRANSFER,
                        "reserved",
                        Instant.parse("2026-11-22T10:15:31Z"),
                        List.of(new Leg(BANK, "EUR", -30), new Leg(ALICE, "EUR", 30)),
                        new Position(2, 18)));
        assertThat(server.asked().get(0).path()).isEqualTo("/v1/transfers/" + TRANSFER + "/state");
    }

    @Test
    void readsAParty() {
        server.says(200, """
                {"id":"%s","ledger":"main","name":"Ada Byron","email":null,"version":2,"shard":2,"offset":18}""".formatted(ALICE));

        assertThat(client.party(ALICE)).isEqualTo(new Party(ALICE, "main", "Ada Byron", "", 2, new Position(2, 18)));
    }

    @Test
    void readsTheAssets() {
        server.says(200, """
                {"assets":[{"code":"EUR","scale":2,"inFlightMinor":-7,"shard":0,"offset":3},
                 {"code":"POINTS","scale":null,"inFlightMinor":0,"shard":1,"offset":4}]}""");

        assertThat(client.assets())
                .containsExactly(
                        new Asset("EUR", 2, -7, new Position(0, 3)), new Asset("POINTS", null, 0, new Position(1, 4)));
    }

    @Test
    void readsWhatIsUnderWay() {
        server.says(200, """
                {"sagas":[{"saga":57,"subject":"%s","phase":"cancelling","beganAt":"2026-11-21T10:15:31Z",
                 "deadlineAt":"2026-11-21T10:15:41Z","refusal":"account-frozen",
                 "steps":[{"shard":1,"what":"PutIn","phase":"refused"}],"shard":2,"offset":60}]}""".formatted(TRANSFER));

        assertThat(client.sagas())
                .containsExactly(new Saga(
                        57,
                        TRANSFER,
                        "cancelling",
                        Instant.parse("2026-11-21T10:15:31Z"),
                        Instant.parse("2026-11-21T10:15:41Z"),
                        "account-frozen",
                        List.of(new Saga.Step(1, "PutIn", "refused")),
                        new Position(2, 60)));
    }
}
