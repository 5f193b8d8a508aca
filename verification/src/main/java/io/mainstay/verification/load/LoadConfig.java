package io.mainstay.verification.load;

import java.net.URI;
import java.time.Duration;

/**
 * What a run does.
 *
 * @param connections each has one request under way at any time
 * @param accounts spread evenly over the ledgers
 * @param ledgers a transfer stays within one; their names spread them over the shards
 */
record LoadConfig(URI url, int connections, int accounts, int ledgers, Duration warmUp, Duration measured, long seed) {
    private static final int CONNECTIONS_MAX = 4096;
    private static final Duration DURATION_MAX = Duration.ofMinutes(10);

    LoadConfig {
        if (url.getHost() == null || url.getPort() < 1 || !"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("url '" + url + "' is not like http://host:port");
        }
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("connections " + connections + ", 1 to " + CONNECTIONS_MAX + " wanted");
        }
        if (ledgers < 1 || accounts < 2 * ledgers) {
            throw new IllegalArgumentException(
                    accounts + " accounts in " + ledgers + " ledgers, at least two in each wanted");
        }
        if (warmUp.isNegative()
                || measured.isNegative()
                || measured.isZero()
                || warmUp.plus(measured).compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException("warm-up " + warmUp + " and " + measured
                    + " measured: more than nothing and at most " + DURATION_MAX + " wanted");
        }
    }

    int accountsPerLedger() {
        return accounts / ledgers;
    }
}
