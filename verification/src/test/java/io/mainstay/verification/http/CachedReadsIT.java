package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that are kept in memory are as new as those of PostgreSQL. */
@ExtendWith(SharedServer.class)
class CachedReadsIT {
    private static final Pattern HITS = Pattern.compile("mainstay_cache_hits\\{[^}]*} (\\S+)");
    private static final int ROUNDS = 20;

    private final Bank bank;

    CachedReadsIT(TestServer server) {
        bank = new Bank(server);
    }

    @Test
    void answersFromMemoryWhatIsAskedForAgain() throws Exception {
        HttpAnswer posted = bank.transfer(bank.settlement(), bank.wallet(), 5).hasStatus(201);
        String path = "/v1/transfers/" + posted.text("id");
        HttpAnswer first = bank.http().get(path).hasStatus(200);
        double hits = hits();

        HttpAnswer again = bank.http().get(path).hasStatus(200);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Mainstay-Projected")).isNotEmpty();
        assertThat(hits()).isGreaterThan(hits);
    }

    @Test
    void showsEveryChangeAtOnce() throws Exception {
        UUID from = bank.settlement();
        UUID to = bank.wallet();
        for (int round = 0; round < ROUNDS; round++) {
            String id = bank.http()
                    .post("/v1/reservations", Bank.order(from, to, 5))
                    .hasStatus(201)
                    .text("id");
            assertThat(status(id)).isEqualTo("reserved");
            assertThat(status(id)).isEqualTo("reserved");

            bank.http().post("/v1/transfers/" + id + "/confirm", "{}").hasStatus(200);

            assertThat(status(id)).isEqualTo("posted");
        }
    }

    private String status(String id) throws Exception {
        return bank.http().get("/v1/transfers/" + id).hasStatus(200).text("status");
    }

    private double hits() throws Exception {
        Matcher hits = HITS.matcher(bank.http().get("/metrics").hasStatus(200).body());
        assertThat(hits.find()).isTrue();
        return Double.parseDouble(hits.group(1));
    }
}
