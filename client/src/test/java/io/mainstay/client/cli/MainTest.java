package io.mainstay.client.cli;

import static io.mainstay.client.Samples.ACCOUNT_JSON;
import static io.mainstay.client.Samples.ALICE;
import static io.mainstay.client.Samples.BANK;
import static io.mainstay.client.Samples.TRANSFER_JSON;
import static io.mainstay.client.Samples.entriesJson;
import static io.mainstay.client.Samples.problemJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.client.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MainTest {
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
                        {"id":"%s","ledger":"main","asset":"EUR","minBalanceMinor":null,"balanceMinor":0,"version":1,"shard":2,"offset":17}""".formatted(BANK));
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
    void endsWithOneWhenTheServerRefuses() {
        server.says(422, problemJson("funds-insufficient", 422, "/amountMinor"));

        assertThat(run("transfer", "post", "--from", BANK.toString(), "--to", ALICE.toString(), "--amount", "1250"))
                .isEqualTo(Main.EXIT_REFUSED);

        assertThat(err.toString())
                .isEqualTo("mainstay: funds-insufficient (422): Says why.; /amountMinor: This one.\n");
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
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("account", "transfer", "--url", "Exit codes:");
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url=" + server.url());
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
