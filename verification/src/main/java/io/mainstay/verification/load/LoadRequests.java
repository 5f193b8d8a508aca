package io.mainstay.verification.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/** The requests of a run: the same seed makes the same accounts. */
final class LoadRequests {
    private final LoadConfig config;
    private final String host;
    private final UUID[][] accounts;

    LoadRequests(LoadConfig config) {
        this.config = config;
        this.host = config.url().getHost() + ":" + config.url().getPort();
        this.accounts = new UUID[config.ledgers()][config.accountsPerLedger()];
        SplittableRandom random = new SplittableRandom(config.seed());
        for (UUID[] ledger : accounts) {
            for (int index = 0; index < ledger.length; index++) {
                ledger[index] = new UUID(
                        (random.nextLong() & ~0xF000L) | 0x4000L,
                        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
            }
        }
    }

    int accountCount() {
        return config.ledgers() * config.accountsPerLedger();
    }

    /** Opens an account that may go below zero, so that no transfer of the run is refused. */
    byte[] openAccount(int number) {
        int ledger = number / config.accountsPerLedger();
        UUID id = accounts[ledger][number % config.accountsPerLedger()];
        return post(
                "/v1/accounts",
                "open-" + id,
                "{\"id\":\"" + id + "\",\"ledger\":\"load-" + ledger
                        + "\",\"asset\":\"EUR\",\"minBalanceMinor\":null}");
    }

    /** A transfer between two accounts of one ledger. Hot: one call per request. */
    byte[] postTransfer(String key, SplittableRandom random) {
        UUID[] ledger = accounts[random.nextInt(accounts.length)];
        int from = random.nextInt(ledger.length);
        int to = (from + 1 + random.nextInt(ledger.length - 1)) % ledger.length;
        return post(
                "/v1/transfers",
                key,
                "{\"from\":\"" + ledger[from] + "\",\"to\":\"" + ledger[to] + "\",\"amountMinor\":1}");
    }

    private byte[] post(String path, String key, String body) {
        String request = "POST " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nIdempotency-Key: " + key
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return request.getBytes(StandardCharsets.US_ASCII);
    }
}
