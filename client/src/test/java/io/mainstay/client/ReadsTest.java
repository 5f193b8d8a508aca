package io.mainstay.client;

import static io.mainstay.client.Samples.ACCOUNT_JSON;
import static io.mainstay.client.Samples.ALICE;
import static io.mainstay.client.Samples.BANK;
import static io.mainstay.client.Samples.STATE_JSON;
import static io.mainstay.client.Samples.TRANSFER;
import static io.mainstay.client.Samples.changesJson;
import static org.assertj.core.api.Assertions.assertThat;

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
