package io.mainstay.verification.http;

import io.mainstay.verification.harness.Http;
import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.TestServer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Accounts and transfers that a test needs before it begins; each account is a new one. */
final class Bank {
    static final String LEDGER = "bank";

    private static final int LEDGERS_TRIED = 100;

    private final Http http;

    Bank(TestServer server) {
        this.http = server.http();
    }

    Http http() {
        return http;
    }

    /** An account without limit, where money comes from. */
    UUID settlement() throws IOException, InterruptedException {
        return open(LEDGER, "EUR", "null");
    }

    /** An account that may not go below zero. */
    UUID wallet() throws IOException, InterruptedException {
        return open(LEDGER, "EUR", "0");
    }

    UUID open(String ledger, String asset, String minBalanceMinor) throws IOException, InterruptedException {
        UUID id = UUID.randomUUID();
        http.post(
                        "/v1/accounts",
                        "{\"id\":\"%s\",\"ledger\":\"%s\",\"asset\":\"%s\",\"minBalanceMinor\":%s}"
                                .formatted(id, ledger, asset, minBalanceMinor))
                .hasStatus(201);
        return id;
    }

    /** An account that lives on another shard than each of the others. */
    UUID elsewhere(String minBalanceMinor, UUID... others) throws IOException, InterruptedException {
        Set<Long> shards = new HashSet<>();
        for (UUID other : others) {
            shards.add(account(other).number("shard"));
        }
        for (int number = 0; number < LEDGERS_TRIED; number++) {
            UUID there = open("elsewhere-" + number, "EUR", minBalanceMinor);
            if (!shards.contains(account(there).number("shard"))) {
                return there;
            }
        }
        throw new IllegalStateException(LEDGERS_TRIED + " ledgers are all on the shards " + shards);
    }

    HttpAnswer transfer(UUID from, UUID to, long amountMinor) throws IOException, InterruptedException {
        return http.post("/v1/transfers", order(from, to, amountMinor));
    }

    /** Only if the paying account is at the version in the header. */
    HttpAnswer transferAt(String ifMatch, UUID from, UUID to, long amountMinor)
            throws IOException, InterruptedException {
        return http.post("/v1/transfers", order(from, to, amountMinor), Map.of("If-Match", ifMatch));
    }

    HttpAnswer account(UUID id) throws IOException, InterruptedException {
        return http.get("/v1/accounts/" + id);
    }

    HttpAnswer entries(UUID id) throws IOException, InterruptedException {
        return http.get("/v1/accounts/" + id + "/entries");
    }

    static String order(UUID from, UUID to, long amountMinor) {
        return "{\"from\":\"%s\",\"to\":\"%s\",\"amountMinor\":%d}".formatted(from, to, amountMinor);
    }
}
