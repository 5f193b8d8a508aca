package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.domain.Domains;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import liquibase.exception.LiquibaseException;
import org.junit.jupiter.api.Test;

/** Measures a read by key from memory and from PostgreSQL; asked for by its name, see the measurements. */
class ReadSpeed {
    private static final int ROWS = 100_000;
    private static final int HOT_ROWS = 1000;
    private static final int WARM_UP = 20_000;
    private static final int READS = 50_000;

    @Test
    void memoryIsFasterThanTheDatabase() throws IOException, SQLException, LiquibaseException {
        try (ProjectionDatabase database = ProjectionDatabase.start()) {
            database.execute("CREATE TABLE kept (id uuid PRIMARY KEY, tenant text, amount_minor bigint, shard int,"
                    + " created_at timestamptz, updated_at timestamptz);"
                    + " INSERT INTO kept SELECT ('00000000-0000-0001-0000-' || lpad(to_hex(n), 12, '0'))::uuid, '', n, 0,"
                    + " now(), now() FROM generate_series(0, " + (ROWS - 1) + ") n; ANALYZE kept");
            try (Connection pooled = database.connect()) {
                CachedReads reads = new CachedReads(
                        new ProjectionReads(new PooledConnection(pooled), new Domains(List.of())),
                        (consumer, replaced) -> () -> {},
                        new CacheConfig(10_000, Duration.ofHours(1)),
                        List.of(KeptTable.BY_KEY),
                        System::nanoTime);
                for (int row = 0; row < HOT_ROWS; row++) {
                    reads.search("row", KeptTable.BY_KEY, call(row));
                }
                long memoryNanos = measured("memory", call -> reads.cached(KeptTable.BY_KEY, call, any -> true));
                long databaseNanos =
                        measured("PostgreSQL", call -> Optional.of(reads.search("row", KeptTable.BY_KEY, call)));

                assertThat(memoryNanos * 10).isLessThan(databaseNanos);
            }
        }
    }

    private static long measured(String from, Function<Call, Optional<Search>> read) {
        long[] nanos = new long[READS];
        for (int round = -WARM_UP; round < READS; round++) {
            Call call = call(ThreadLocalRandom.current().nextInt(HOT_ROWS));
            long startNanos = System.nanoTime();
            Optional<Search> found = read.apply(call);
            if (round >= 0) {
                nanos[round] = System.nanoTime() - startNanos;
            }
            assertThat(found).isPresent();
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %,d ns, p99 %,d ns, mean %,.0f ns%n",
                from,
                nanos[READS / 2],
                nanos[READS / 100 * 99],
                Arrays.stream(nanos).average().orElseThrow());
        return nanos[READS / 2];
    }

    private static Call call(int row) {
        return KeptTable.call("", new UUID(1, row));
    }
}
