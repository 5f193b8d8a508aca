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
    private static final double WITHIN_A_MILLISECOND_MIN = 0.95;

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

        Waits before = waits();
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

        Waits waits = waits();
        assertThat(waits.count() - before.count()).isGreaterThanOrEqualTo(CALLERS * READS_EACH);
        double brief = (waits.brief() - before.brief()) / (waits.count() - before.count());
        System.out.printf(
                "%.0f waits for a connection, %.1f %% of them up to a millisecond%n",
                waits.count() - before.count(), 100 * brief);
        assertThat(brief)
                .as("of the waits, those up to a millisecond")
                .isGreaterThanOrEqualTo(WITHIN_A_MILLISECOND_MIN);
    }

    private Waits waits() throws Exception {
        String metrics = bank.http().get("/metrics").hasStatus(200).body();
        return new Waits(
                sample(metrics, "_bucket\\{[^}]*le=\"0\\.001\"[^}]*}"), sample(metrics, "_count(?:\\{[^}]*})?"));
    }

    private static double sample(String metrics, String name) {
        Matcher sample = Pattern.compile("mainstay_read_connection_seconds" + name + " (\\S+)")
                .matcher(metrics);
        assertThat(sample.find()).as(name).isTrue();
        return Double.parseDouble(sample.group(1));
    }

    /**
     * How long connections were waited for, since the server's start.
     *
     * @param brief waits up to a millisecond
     */
    private record Waits(double brief, double count) {}
}
