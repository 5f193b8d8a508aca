package io.mainstay.client;

import static io.mainstay.client.Samples.ACCOUNT_JSON;
import static io.mainstay.client.Samples.ALICE;
import static io.mainstay.client.Samples.BANK;
import static io.mainstay.client.Samples.CHANGED_JSON;
import static io.mainstay.client.Samples.POSTING_JSON;
import static io.mainstay.client.Samples.RESERVED_JSON;
import static io.mainstay.client.Samples.TRANSFER;
import static io.mainstay.client.Samples.TRANSFER_JSON;
import static io.mainstay.client.Samples.problemJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.client.ScriptedServer.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each order goes where it belongs, under its key, and its answer is read. */
class OrdersTest {
    private static final String KEY = "k-1";
    private static final Position PLACE = new Position(2, 18);
    private static final Instant TIME = Instant.parse("2026-11-21T10:15:31Z");

    private final ScriptedServer server = new ScriptedServer();
    private final MainstayClient client = new MainstayClient(ClientConfig.of(server.url()));

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void opensAnAccountWithAllThatItCanHave() {
        server.says(201, ACCOUNT_JSON);

        client.send(OpenAccount.holding("EUR").within(-5L, 9L).saying("rent").ownedBy(ALICE), KEY);

        asked(
                "POST",
                "/v1/accounts",
                "{\"ledger\":\"main\",\"asset\":\"EUR\",\"minBalanceMinor\":-5,\"maxBalanceMinor\":9,"
                        + "\"reference\":\"rent\",\"owner\":\"" + ALICE + "\"}");
    }

    @Test
    void changesAnAccount() {
        String place = "/v1/accounts/" + ALICE;

        change(new RenameAccount(ALICE, ""), "PUT", place + "/reference", "{\"reference\":\"\"}");
        change(
                new SetLimits(ALICE, null, 500L),
                "PUT",
                place + "/limits",
                "{\"minBalanceMinor\":null,\"maxBalanceMinor\":500}");
        change(new FreezeAccount(ALICE, "order"), "POST", place + "/freeze", "{\"reason\":\"order\"}");
        change(new UnfreezeAccount(ALICE), "POST", place + "/unfreeze", "{}");
        change(new CloseAccount(ALICE), "POST", place + "/close", "{}");
        change(
                new ChangeParty(ALICE, "Ada", "a@b.c"),
                "PUT",
                "/v1/parties/" + ALICE,
                "{\"name\":\"Ada\",\"email\":\"a@b.c\"}");
    }

    @Test
    void registersAParty() {
        server.says(201, CHANGED_JSON.replace("changedAt", "registeredAt"));

        Changed answer =
                client.send(new RegisterParty(ALICE, "shop", "Ada", ""), KEY).value();

        assertThat(answer.id()).isEqualTo(ALICE);
        asked("POST", "/v1/parties", "{\"id\":\"" + ALICE + "\",\"ledger\":\"shop\",\"name\":\"Ada\"}");
    }

    @Test
    void definesAnAsset() {
        server.says(
                201,
                "{\"code\":\"POINTS\",\"scale\":0,\"shard\":2,\"offset\":18,\"definedAt\":\"2026-11-21T10:15:31Z\"}");

        Asset answer = client.send(new DefineAsset("POINTS", 0), KEY).value();

        assertThat(answer).isEqualTo(new Asset("POINTS", 0, 0, PLACE));
        asked("POST", "/v1/assets", "{\"code\":\"POINTS\",\"scale\":0}");
    }

    @Test
    void reservesATransfer() {
        server.says(201, RESERVED_JSON);

        Transfer answer = client.send(
                        new ReserveTransfer(BANK, ALICE, 100).saying("room 7").expiringIn(Duration.ofMinutes(1)), KEY)
                .value();

        assertThat(answer.status()).isEqualTo("reserved");
        assertThat(answer.expiresAt()).isEqualTo(Instant.parse("2026-11-22T10:15:31Z"));
        assertThat(answer.fromAfter()).isEqualTo(new Transfer.After(0, 2));
        assertThat(answer.toAfter()).isNull();
        assertThat(answer.at()).isEqualTo(TIME);
        asked(
                "POST",
                "/v1/reservations",
                "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":100,\"reference\":\"room 7\",\"expiresInMillis\":60000}"
                        .formatted(BANK, ALICE));
    }

    @Test
    void confirmsAllOrAPartOrCancels() {
        server.says(200, TRANSFER_JSON.replace("postedAt", "confirmedAt"))
                .says(200, TRANSFER_JSON.replace("postedAt", "confirmedAt"))
                .says(200, TRANSFER_JSON.replace("posted\"", "cancelled\"").replace("postedAt", "cancelledAt"));

        assertThat(client.send(new ConfirmTransfer(TRANSFER), KEY).value().at()).isEqualTo(TIME);
        asked("POST", "/v1/transfers/" + TRANSFER + "/confirm", "{}");
        client.send(new ConfirmTransfer(TRANSFER, 60L), KEY);
        asked("POST", "/v1/transfers/" + TRANSFER + "/confirm", "{\"amountMinor\":60}");
        assertThat(client.send(new CancelTransfer(TRANSFER), KEY).value().status())
                .isEqualTo("cancelled");
        asked("POST", "/v1/transfers/" + TRANSFER + "/cancel", "{}");
    }

    @Test
    void reversesATransfer() {
        server.says(201, POSTING_JSON.replace("\"reverses\":null", "\"reverses\":\"" + BANK + "\""));

        Posting answer = client.send(new ReverseTransfer(BANK), KEY).value();

        assertThat(answer.reverses()).isEqualTo(BANK);
        asked("POST", "/v1/transfers/" + BANK + "/reverse", "{}");
    }

    @Test
    void postsSeveralLegs() {
        server.says(201, POSTING_JSON);

        Posting answer = client.send(
                        new PostEntries(List.of(new Leg(BANK, "EUR", -30), new Leg(ALICE, 30)))
                                .as(TRANSFER)
                                .saying("split"),
                        KEY)
                .value();

        assertThat(answer)
                .isEqualTo(new Posting(
                        TRANSFER,
                        "posted",
                        null,
                        "split",
                        List.of(
                                new Posting.Line(new Leg(BANK, "EUR", -30), new Transfer.After(-30, 2)),
                                new Posting.Line(new Leg(ALICE, "EUR", 30), null)),
                        PLACE,
                        TIME));
        asked(
                "POST",
                "/v1/postings",
                ("{\"id\":\"%s\",\"legs\":[{\"account\":\"%s\",\"asset\":\"EUR\",\"amountMinor\":-30},"
                                + "{\"account\":\"%s\",\"amountMinor\":30}],\"reference\":\"split\"}")
                        .formatted(TRANSFER, BANK, ALICE));
    }

    @Test
    void postsTransfersEachByItself() {
        server.says(
                200,
                "{\"results\":[{\"status\":201,\"result\":" + TRANSFER_JSON + "},{\"status\":422,\"problem\":"
                        + problemJson("funds-insufficient", 422, "/amountMinor") + "}]}");
        PostTransfer order = new PostTransfer(BANK, ALICE, 1250);

        List<TransferResult> results = client.send(new PostTransfers(List.of(order, order), false), KEY)
                .value();

        assertThat(results).hasSize(2);
        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        TransferResult.Accepted.class,
                        accepted -> assertThat(accepted.transfer().id()).isEqualTo(TRANSFER));
        assertThat(results.get(1)).isInstanceOfSatisfying(TransferResult.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("funds-insufficient");
            assertThat(refused.problem().status()).isEqualTo(422);
        });
        String one = "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":1250}".formatted(BANK, ALICE);
        asked("POST", "/v1/transfers/batch", "{\"linked\":false,\"transfers\":[" + one + "," + one + "]}");
    }

    @Test
    void tellsThatATransferOfABatchIsStillUnderWay() {
        server.says(
                200,
                "{\"results\":[{\"status\":202,\"result\":{\"id\":\"%s\",\"status\":\"in-flight\",\"shard\":2,\"offset\":18,\"begunAt\":\"2026-11-21T10:15:31Z\"}}]}"
                        .formatted(TRANSFER));

        List<TransferResult> results = client.send(
                        new PostTransfers(List.of(new PostTransfer(BANK, ALICE, 1)), false), KEY)
                .value();

        assertThat(results).hasSize(1);
        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        TransferResult.Accepted.class,
                        accepted -> assertThat(accepted.transfer().status()).isEqualTo("in-flight"));
    }

    private void change(Order<Changed> order, String method, String path, String body) {
        server.says(200, CHANGED_JSON);

        Changed answer = client.send(order, KEY).value();

        assertThat(answer).isEqualTo(new Changed(ALICE, 3, new Position(2, 19), Instant.parse("2026-11-21T10:15:32Z")));
        asked(method, path, body);
    }

    private void asked(String method, String path, String body) {
        List<Asked> all = server.asked();
        Asked last = all.get(all.size() - 1);
        assertThat(List.of(last.method(), last.path(), last.key(), last.body()))
                .containsExactly(method, path, KEY, body);
    }
}
