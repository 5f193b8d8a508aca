package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server with hardly any room and hardly any patience, whose log is written for people. */
class OverloadIT {
    private static final int CLIENTS = 64;

    private final TestServer server = TestServer.start(
            "overload",
            Map.of(
                    "MAINSTAY_MAILBOX_CAPACITY",
                    "16",
                    "MAINSTAY_BATCH_COUNT_MAX",
                    "1",
                    "MAINSTAY_BATCH_IN_FLIGHT_MAX",
                    "1",
                    "MAINSTAY_COMMAND_TIMEOUT",
                    "10ms",
                    "MAINSTAY_LOG_SERIALIZER",
                    "json"));
    private final Bank bank = new Bank(server);
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    /** What was refused or not awaited can be asked for again, under its key, until it is done: once. */
    @Test
    void saysSoWhenItIsOverloadedOrLateAndDoesEachOrderOnce() throws Exception {
        UUID from = UUID.randomUUID();
        UUID to = UUID.randomUUID();
        untilDone("/v1/accounts", "{\"id\":\"%s\",\"asset\":\"EUR\",\"minBalanceMinor\":null}".formatted(from));
        untilDone("/v1/accounts", "{\"id\":\"%s\",\"asset\":\"EUR\"}".formatted(to));
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        long orders = 0;

        for (int round = 0; round < 100 && !(seen.contains(429) && seen.contains(504)); round++) {
            List<Callable<Set<Integer>>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                all.add(() -> untilDone("/v1/transfers", Bank.order(from, to, 1)));
            }
            for (Future<Set<Integer>> client : threads.invokeAll(all, 60, TimeUnit.SECONDS)) {
                seen.addAll(client.get(1, TimeUnit.SECONDS));
                orders++;
            }
        }

        assertThat(seen).as("statuses seen").contains(201, 429, 504);
        assertThat(bank.account(to).hasStatus(200).number("balanceMinor")).isEqualTo(orders);
        assertThat(bank.account(to).number("version")).isEqualTo(orders + 1);
        bank.entries(to).hasStatus(200);
    }

    /** Repeats a request under one key until it is answered with 201; returns every status on the way. */
    private Set<Integer> untilDone(String path, String body) {
        String key = UUID.randomUUID().toString();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    HttpAnswer answer = bank.http().post(path, body, key);
                    seen.add(answer.status());
                    switch (answer.status()) {
                        case 201 -> {}
                        case 429 -> {
                            answer.isProblem(429, "overloaded");
                            assertThat(Integer.parseInt(answer.header("Retry-After")))
                                    .isPositive();
                        }
                        case 504 -> answer.isProblem(504, "command-timeout");
                        default -> throw new AssertionError("unexpected " + answer.body());
                    }
                    return answer.status() == 201;
                });
        return seen;
    }
}
