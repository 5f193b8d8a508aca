package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each changeset on a real PostgreSQL: up, down, up again. */
final class MigrationsTest {
    private static final String SCHEMA = """
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
              FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE 'databasechangelog%'
            UNION ALL
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
               AND conrelid::regclass::text NOT LIKE 'databasechangelog%'
            UNION ALL
            SELECT indexdef FROM pg_indexes
             WHERE schemaname = 'public' AND tablename NOT LIKE 'databasechangelog%'
            UNION ALL
            SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
             ORDER BY 1
            """;

    /** Columns of a foreign key that no index begins with, in their order. */
    private static final String FOREIGN_KEYS_WITHOUT_INDEX = """
            SELECT conname FROM pg_constraint c
             WHERE contype = 'f' AND NOT EXISTS (
                   SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid
                      AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] = c.conkey)
            """;

    @Test
    void goesUpAndEachChangesetDownAndUpAgain(@TempDir Path directory) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"))) {
            Database database = server.database();
            database.migrate();
            List<String> full = database.rows(SCHEMA);
            long count = database.number("SELECT count(*) FROM databasechangelog");
            assertThat(full).isNotEmpty();
            assertThat(database.rows(FOREIGN_KEYS_WITHOUT_INDEX)).isEmpty();

            for (int back = 1; back <= count; back++) {
                database.rollback(back);
                assertThat(database.number("SELECT count(*) FROM databasechangelog"))
                        .isEqualTo(count - back);
                assertThat(database.rows(SCHEMA)).hasSizeLessThan(full.size());
                database.migrate();
                assertThat(database.rows(SCHEMA)).isEqualTo(full);
            }

            database.rollback((int) count);
            assertThat(database.rows(SCHEMA)).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void goesOnAfterACrashInItsMiddle(@TempDir Path directory) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"))) {
            Database database = server.database();
            database.migrate();
            List<String> full = database.rows(SCHEMA);
            database.execute("UPDATE databasechangeloglock SET locked = true, lockgranted = now(), lockedby = 'dead'");
            database.execute("DELETE FROM databasechangelog WHERE id = '001-projection-positions'");

            database.migrate();

            assertThat(database.rows(SCHEMA)).isEqualTo(full);
            assertThat(database.number("SELECT count(*) FROM databasechangelog WHERE id = '001-projection-positions'"))
                    .isEqualTo(1);
        }
    }

    @Test
    @Timeout(60)
    void severalServersAtOnceBuildWhatIsBuiltBesideTheWriters(@TempDir Path directory) throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Database database = server.database();

            for (Future<?> done : threads.invokeAll(Collections.nCopies(3, () -> {
                server.database().migrate();
                return null;
            }))) {
                done.get();
            }

            assertThat(database.rows("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"))
                    .isEmpty();
            assertThat(database.number("SELECT count(*) FROM databasechangelog WHERE id LIKE '003-%'"))
                    .isEqualTo(5);
        }
    }

    @Test
    void goesOnFromTheFirstReleaseWithItsRows(@TempDir Path directory) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"))) {
            Database database = server.database();
            database.migrate();
            List<String> full = database.rows(SCHEMA);
            database.rollback(
                    (int) database.number("SELECT count(*) FROM databasechangelog WHERE id NOT LIKE '001-%'"));
            database.execute("INSERT INTO accounts VALUES ('" + new UUID(0, 1)
                    + "', 'main', 'EUR', NULL, -5, 2, 0, now()," + " now(), NULL), ('" + new UUID(0, 2)
                    + "', 'main', 'EUR', 0, 5, 2, 0, now(), now(), NULL)");
            database.execute("INSERT INTO transfers VALUES ('" + new UUID(0, 3) + "', '" + new UUID(0, 1) + "', '"
                    + new UUID(0, 2) + "', 'EUR', 5, NULL, 0, 2, now(), now(), NULL)");

            database.migrate();

            assertThat(database.rows(SCHEMA)).isEqualTo(full);
            assertThat(database.rows("SELECT tenant, status, reserved_minor, expected_minor FROM accounts"))
                    .containsExactly(" | open | 0 | 0", " | open | 0 | 0");
            assertThat(database.rows("SELECT tenant, status, amount_minor FROM transfers"))
                    .containsExactly(" | posted | 5");
            assertThat(database.rows("SELECT sum(in_flight_minor) FROM in_flight"))
                    .containsExactly("0");
        }
    }
}
