package io.mainstay.client;

import static io.mainstay.client.Samples.ACCOUNT_JSON;
import static io.mainstay.client.Samples.ALICE;
import static io.mainstay.client.Samples.BANK;
import static io.mainstay.client.Samples.TRANSFER_JSON;
import static io.mainstay.client.Samples.entriesJson;
import static io.mainstay.client.Samples.problemJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mainstay.client.ScriptedServer.Asked;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MainstayClientTest {
    private static final Retry QUICK = new Retry(Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(5));

    private final ScriptedServer server = new ScriptedServer();
    private final MainstayClient client =
            new MainstayClient(ClientConfig.of(server.url()).retrying(QUICK));

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void opensAnAccountWithoutLimit() {
        server.says(201, ACCOUNT_JSON);

        Answer<Account> answer =
                client.send(OpenAccount.holding("EUR").unlimited().as(BANK));

        assertThat(answer)
                .isEqualTo(new Answer<>(
                        new Account(BANK, "main", "EUR", "open", null, null, 0, 0, 0, "", null, 1, new Position(2, 17)),
                        false));
        assertThat(onlyAsked().path()).isEqualTo("/v1/accounts");
        assertThat(onlyAsked().body())
                .isEqualTo("{\"id\":\"%s\",\"ledger\":\"main\",\"asset\":\"EUR\",\"minBalanceMinor\":null}"
                        .formatted(BANK));
    }

    @Test
    void postsATransferWithTextOfAnyKind() {
        server.says(201, TRANSFER_JSON, Map.of("Idempotency-Hit", "true"));

        Answer<Transfer> answer = client.send(new PostTransfer(BANK, ALICE, 1250).saying("Größe \"42\""));

        assertThat(answer.repeated()).isTrue();
        assertThat(answer.value().reference()).isEqualTo("Größe \"42\"");
        assertThat(answer.value().toAfter()).isEqualTo(new Transfer.After(1250, 2));
        assertThat(answer.value().at()).isEqualTo(Instant.parse("2026-11-21T10:15:31Z"));
        assertThat(onlyAsked().body()).contains("\"reference\":\"Größe \\\"42\\\"\"");
    }

    @Test
    void namesItsTenantAndTheVersionItExpects() {
        server.says(201, TRANSFER_JSON).says(200, ACCOUNT_JSON);
        try (MainstayClient acme =
                new MainstayClient(ClientConfig.of(server.url()).forTenant("acme"))) {
            acme.send(new PostTransfer(BANK, ALICE, 1250), "key", 7);
            acme.account(BANK);
        }

        assertThat(server.asked())
                .allSatisfy(asked ->
                        assertThat(asked.headers().getFirst("Mainstay-Tenant")).isEqualTo("acme"));
        assertThat(server.asked().get(0).headers().getFirst("If-Match")).isEqualTo("\"7\"");
        assertThat(server.asked().get(1).headers()).doesNotContainKey("If-match");
    }

    @Test
    void readsATransferWithoutBalances() {
        server.says(200, """
                {"id":"%s","status":"posted","from":"%s","to":"%s","asset":"EUR","amountMinor":1250,"reference":null,
                 "shard":2,"offset":18,"postedAt":"2026-11-21T10:15:31Z"}""".formatted(Samples.TRANSFER, BANK, ALICE));

        Transfer transfer = client.transfer(Samples.TRANSFER);

        assertThat(transfer.fromAfter()).isNull();
        assertThat(transfer.reference()).isEmpty();
        assertThat(transfer.position()).isEqualTo(new Position(2, 18));
    }

    @Test
    void repeatsUnderTheSameKeyUntilTheServerIsThere() {
        server.says(503, problemJson("shard-unavailable", 503, ""))
                .says(429, problemJson("overloaded", 429, ""))
                .hangsUp()
                .says(504, problemJson("command-timeout", 504, ""))
                .says(201, TRANSFER_JSON);

        client.send(new PostTransfer(BANK, ALICE, 1250));

        assertThat(server.asked()).hasSize(5);
        assertThat(server.asked().stream().map(Asked::key).distinct()).hasSize(1);
        assertThat(server.asked().stream().map(Asked::body).distinct()).hasSize(1);
    }

    @Test
    void takesAnotherKeyForAnotherOrder() {
        server.says(201, TRANSFER_JSON).says(201, TRANSFER_JSON);

        client.send(new PostTransfer(BANK, ALICE, 1250));
        client.send(new PostTransfer(BANK, ALICE, 1250));

        assertThat(server.asked().stream().map(Asked::key).distinct()).hasSize(2);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        server.says(429, problemJson("overloaded", 429, ""), Map.of("Retry-After", "1"))
                .says(200, ACCOUNT_JSON);
        long start = System.nanoTime();

        client.account(BANK);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void doesNotRepeatWhatIsRefused() {
        server.says(422, problemJson("funds-insufficient", 422, "/amountMinor"));

        MainstayProblem problem =
                catchThrowableOfType(MainstayProblem.class, () -> client.send(new PostTransfer(BANK, ALICE, 1250)));

        assertThat(problem.code()).isEqualTo("funds-insufficient");
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.pointer()).isEqualTo("/amountMinor");
        assertThat(problem.idempotencyKey()).isEqualTo(onlyAsked().key());
    }

    @Test
    void saysSoWhenARefusalIsNoProblemDocument() {
        server.says(500, "<html>oops</html>");

        MainstayProblem problem = catchThrowableOfType(MainstayProblem.class, () -> client.account(BANK));

        assertThat(problem.code()).isEqualTo("about:blank");
        assertThat(problem.status()).isEqualTo(500);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        URI nobody = server.url();
        server.close();
        Retry brief = new Retry(Duration.ofMillis(200), Duration.ofMillis(1), Duration.ofMillis(20));
        try (MainstayClient hasty = new MainstayClient(ClientConfig.of(nobody).retrying(brief))) {
            MainstayUnreachable failure = catchThrowableOfType(
                    MainstayUnreachable.class, () -> hasty.send(new PostTransfer(BANK, ALICE, 1), "my-key"));

            assertThat(failure).hasMessageContaining("no answer from " + nobody);
            assertThat(failure.idempotencyKey()).isEqualTo("my-key");
        }
    }

    @Test
    void refusesAnAnswerThatItCannotRead() {
        server.says(200, "{\"id\":\"%s\"}".formatted(BANK));

        MainstayUnreachable failure = catchThrowableOfType(MainstayUnreachable.class, () -> client.account(BANK));

        assertThat(failure).hasMessageContaining("/v1/accounts/" + BANK);
    }

    @Test
    void leafsThroughEntries() {
        server.says(200, entriesJson("\"a+b=\"")).says(200, entriesJson("null"));

        EntryPage first = client.entries(BANK, 1, null);
        EntryPage last = client.entries(BANK, 1, first.next());

        assertThat(first.entries()).hasSize(1);
        assertThat(first.projection()).isEqualTo(new Position(2, 18));
        assertThat(last.next()).isNull();
        assertThat(server.asked().get(1).path()).endsWith("/entries?limit=1&cursor=a%2Bb%3D");
    }

    private Asked onlyAsked() {
        assertThat(server.asked()).hasSize(1);
        return server.asked().get(0);
    }
}
