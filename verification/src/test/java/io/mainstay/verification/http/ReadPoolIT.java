package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads wait in one queue, for a thread; whoever has a thread has a connection at once. */
@ExtendWith(SharedServer.class)
class ReadPoolIT {
    private static final int CALLERS = 32;
    private static final int READS_EACH = 300;
    private static final double ACQUISITION_SECONDS_MAX = 0.001;
    private static final Pattern P95 =
            Pattern.compile("mainstay_read_connection_seconds\\{[^}]*quantile=\"0\\.95\"[^}]*} (\\S+)");

    private final Bank bank;

    ReadPoolIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void aConnectionIsThereAtOnceUnderLoad() throws Exception {
        UUID account = bank.settlement();
        UUID other = bank.wallet();
        for (int round = 0; round < 10; round++) {
            bank.transfer(account, other, 1).hasStatus(201);
        }

        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                all.add(callers.submit(() -> {
                    for (int read = 0; read < READS_EACH; read++) {
                        bank.entries(account).hasStatus(200);
                    }
                    return true;
                }));
            }
            for (Future<?> each : all) {
                each.get(2, TimeUnit.MINUTES);
            }
        }

        Matcher p95 = P95.matcher(bank.http().get("/metrics").hasStatus(200).body());
        assertThat(p95.find()).isTrue();
        assertThat(Double.parseDouble(p95.group(1))).isPositive().isLessThan(ACQUISITION_SECONDS_MAX);
    }
}
