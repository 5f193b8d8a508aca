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

    private static final String SINCE_PARTITIONS = """
            SELECT count(*) FROM databasechangelog
             WHERE orderexecuted >= (SELECT orderexecuted FROM databasechangelog WHERE id = '004-entries-partitions')
            """;

    private static final String INVALID_INDEXES = "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid";

    /** Columns of a foreign key that no index begins with, in their order. */
    static final String FOREIGN_KEYS_WITHOUT_INDEX = """
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
            assertThat(database.rows(INVALID_INDEXES)).isEmpty();

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
            List<String> full = withoutMonths(database);
            database.rollback((int) database.number("SELECT count(*) FROM databasechangelog WHERE orderexecuted >"
                    + " (SELECT max(orderexecuted) FROM databasechangelog WHERE id LIKE '001-%')"));
            database.execute("INSERT INTO accounts VALUES ('" + new UUID(0, 1)
                    + "', 'main', 'EUR', NULL, -5, 2, 0, now()," + " now(), NULL), ('" + new UUID(0, 2)
                    + "', 'main', 'EUR', 0, 5, 2, 0, now(), now(), NULL)");
            database.execute("INSERT INTO transfers VALUES ('" + new UUID(0, 3) + "', '" + new UUID(0, 1) + "', '"
                    + new UUID(0, 2) + "', 'EUR', 5, NULL, 0, 2, now(), now(), NULL)");
            database.execute("INSERT INTO entries VALUES ('" + new UUID(0, 4) + "', '" + new UUID(0, 2) + "', '"
                    + new UUID(0, 3) + "', '" + new UUID(0, 1) + "', 5, 5, 2, NULL, 0, 2, now(), now(), NULL)");

            database.migrate();

            assertThat(withoutMonths(database)).isEqualTo(full);
            assertThat(database.rows("SELECT tenant, status, reserved_minor, expected_minor FROM accounts"))
                    .containsExactly(" | open | 0 | 0", " | open | 0 | 0");
            assertThat(database.rows("SELECT tenant, status, amount_minor FROM transfers"))
                    .containsExactly(" | posted | 5");
            assertThat(database.rows("SELECT tableoid::regclass, tenant, amount_minor FROM entries"))
                    .containsExactly("entries_before |  | 5");
            assertThat(database.rows("SELECT sum(in_flight_minor) FROM in_flight"))
                    .containsExactly("0");
        }
    }

    @Test
    void partitionsTakeTheRowsOfBeforeAndGiveThemBack(@TempDir Path directory) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"))) {
            Database database = server.database();
            database.migrate();
            database.rollback((int) database.number(SINCE_PARTITIONS));
            database.execute(
                    "INSERT INTO accounts (id, tenant, ledger, asset, balance_minor, version, shard, created_at,"
                            + " updated_at) VALUES ('" + new UUID(0, 1)
                            + "', 'acme', 'main', 'EUR', 0, 1, 0, now(), now())");
            insertEntry(database, 1, "now() - interval '3 years'");
            insertEntry(database, 2, "now()");

            database.migrate();

            insertEntry(database, 3, "now() + interval '2 months'");
            insertEntry(database, 4, "now() + interval '9 months'");
            assertThat(database.rows("SELECT left(tableoid::regclass::text, 11), tenant FROM entries ORDER BY id"))
                    .startsWith("entries_bef | acme", "entries_bef | acme")
                    .endsWith("entries_def | null")
                    .hasSize(4);
            database.migrate();
            assertThat(database.rows("SELECT DISTINCT tenant FROM entries")).containsExactly("acme");

            database.rollback((int) database.number(SINCE_PARTITIONS));

            assertThat(database.rows("SELECT relkind FROM pg_class WHERE oid = 'entries'::regclass"))
                    .containsExactly("r");
            assertThat(database.number("SELECT count(*) FROM entries")).isEqualTo(4);
            database.migrate();
            assertThat(database.number("SELECT count(*) FROM entries_before")).isEqualTo(4);
        }
    }

    /** Which months have partitions depends on whether there were rows before. */
    private static List<String> withoutMonths(Database database) {
        return database.rows(SCHEMA).stream()
                .filter(line -> !line.contains("entries_20") && !line.contains("events_20"))
                .toList();
    }

    private static void insertEntry(Database database, int number, String createdAt) {
        database.execute("""
                INSERT INTO entries (id, account_id, transfer_id, amount_minor, balance_minor, account_version, shard, log_offset,
                       created_at, updated_at)
                VALUES ('%s', '%s', '%s', 1, 1, %d, 0, 1, %s, now())
                """.formatted(new UUID(7, number), new UUID(0, 1), new UUID(8, number), number, createdAt));
    }
}
