package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class IdempotencyIT {
    private final TestServer server;
    private final Bank bank;

    IdempotencyIT(TestServer server) {
        this.server = server;
        this.bank = new Bank(server);
    }

    @Test
    void answersARepetitionAsBeforeAndMovesNoMoneyTwice() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String key = UUID.randomUUID().toString();

        HttpAnswer first = bank.http().post("/v1/transfers", Bank.order(from, to, 10), key);
        HttpAnswer second = bank.http().post("/v1/transfers", Bank.order(from, to, 10), key);

        first.hasStatus(201);
        assertThat(first.header("Idempotency-Hit")).isEmpty();
        isRepetition(second, first);
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(10);
    }

    @Test
    void answersARepeatedAccountAsBefore() throws Exception {
        String key = UUID.randomUUID().toString();

        HttpAnswer first = bank.http().post("/v1/accounts", "{\"asset\":\"EUR\"}", key);
        HttpAnswer second = bank.http().post("/v1/accounts", "{ \"ledger\": \"main\", \"asset\": \"EUR\" }", key);

        first.hasStatus(201);
        isRepetition(second, first);
    }

    @Test
    void answersARepeatedRefusalAsBefore() throws Exception {
        UUID settlement = bank.settlement();
        UUID wallet = bank.wallet();
        String key = UUID.randomUUID().toString();
        HttpAnswer refused = bank.http().post("/v1/transfers", Bank.order(wallet, settlement, 10), key);
        bank.transfer(settlement, wallet, 10).hasStatus(201);

        HttpAnswer again = bank.http().post("/v1/transfers", Bank.order(wallet, settlement, 10), key);

        refused.isProblem(422, "funds-insufficient");
        isRepetition(again, refused);
    }

    @Test
    void refusesTheKeyOfAnotherRequest() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String key = UUID.randomUUID().toString();
        bank.http().post("/v1/transfers", Bank.order(from, to, 10), key).hasStatus(201);

        bank.http().post("/v1/transfers", Bank.order(from, to, 11), key).isProblem(422, "idempotency-key-reused");
        bank.http()
                .post("/v1/accounts", "{\"ledger\":\"%s\",\"asset\":\"EUR\"}".formatted(Bank.LEDGER), key)
                .isProblem(422, "idempotency-key-reused");

        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(10);
    }

    @Test
    void executesOnceWhatManySendAtTheSameTime() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String key = UUID.randomUUID().toString();
        Callable<HttpAnswer> send = () -> bank.http().post("/v1/transfers", Bank.order(from, to, 10), key);

        Set<String> bodies = new HashSet<>();
        int hits = 0;
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<HttpAnswer>> all = new ArrayList<>();
            for (int number = 0; number < 64; number++) {
                all.add(send);
            }
            for (Future<HttpAnswer> answer : threads.invokeAll(all, 60, TimeUnit.SECONDS)) {
                bodies.add(answer.get(1, TimeUnit.SECONDS).hasStatus(201).body());
                hits += answer.get(1, TimeUnit.SECONDS)
                                .header("Idempotency-Hit")
                                .equals("true")
                        ? 1
                        : 0;
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(bodies).hasSize(1);
        assertThat(hits).isEqualTo(63);
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(10);
    }

    @Test
    void executesTwiceWhatHasNoKey() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();

        bank.transfer(from, to, 10).hasStatus(201);
        bank.transfer(from, to, 10).hasStatus(201);

        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(20);
    }

    @Test
    void refusesAKeyThatIsNone() throws Exception {
        bank.http().post("/v1/accounts", "{\"asset\":\"EUR\"}", "").isProblem(400, "idempotency-key-invalid");
        bank.http()
                .post("/v1/accounts", "{\"asset\":\"EUR\"}", "x".repeat(256))
                .isProblem(400, "idempotency-key-invalid");
    }

    @Test
    void remembersAfterARestart() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        String key = UUID.randomUUID().toString();
        HttpAnswer posted = bank.http().post("/v1/transfers", Bank.order(from, to, 10), key);
        HttpAnswer refused = bank.http().post("/v1/transfers", Bank.order(to, from, 11), "no-" + key);

        server.stop();
        server.start();

        isRepetition(bank.http().post("/v1/transfers", Bank.order(from, to, 10), key), posted);
        isRepetition(bank.http().post("/v1/transfers", Bank.order(to, from, 11), "no-" + key), refused);
        bank.http().post("/v1/transfers", Bank.order(from, to, 12), key).isProblem(422, "idempotency-key-reused");
        assertThat(bank.account(to).number("balanceMinor")).isEqualTo(10);
        assertThat(bank.account(to).number("version")).isEqualTo(2);
    }

    private static void isRepetition(HttpAnswer answer, HttpAnswer first) {
        answer.hasStatus(first.status());
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(answer.header("Idempotency-Hit")).isEqualTo("true");
    }
}
