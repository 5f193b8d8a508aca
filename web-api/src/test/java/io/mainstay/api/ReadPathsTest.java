package io.mainstay.api;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Values;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.projection.TenantSetting;
import io.mainstay.domain.inventory.InventoryDomain;
import io.mainstay.domain.ledger.LedgerDomain;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of reading the domains' tables finds its rows by an index of its own, at a million rows of each. */
@SuppressWarnings("NullAway.Init")
class ReadPathsTest {
    /** By the name of the read, the indexes that its questions walk. */
    private static final Map<String, List<List<String>>> INDEXES = Map.ofEntries(
            entry("list-entries", List.of(List.of("uq_entries_account_version"))),
            entry(
                    "read-statement",
                    List.of(List.of("idx_entries_account_created_at"), List.of("uq_entries_account_version"))),
            entry("list-party-accounts", List.of(List.of("idx_accounts_owner_id_created_at"))),
            entry("list-ledger-accounts", List.of(List.of("idx_accounts_ledger_created_at"))),
            entry(
                    "list-account-transfers",
                    List.of(List.of("idx_transfers_from_created_at", "idx_transfers_to_created_at"))),
            entry("read-transfer", List.of(List.of("pk_transfers"))),
            entry("list-stock-reservations", List.of(List.of("uq_stock_reservations_version"))),
            entry("list-stock-movements", List.of(List.of("pk_stock_movements"))),
            entry("read-stock-reservation", List.of(List.of("idx_stock_reservations_id"))),
            entry("read-stock-move", List.of(List.of("idx_stock_moves_id"))),
            entry("read-order", List.of(List.of("idx_orders_id"))));

    private static final List<Domain<?, ?, ?>> DOMAINS = List.of(new LedgerDomain(), new InventoryDomain());

    private static final String FILL_LEDGER = """
            ALTER TABLE transfers SET UNLOGGED;
            SET session_replication_role = replica;
            INSERT INTO accounts (id, tenant, ledger, asset, balance_minor, version, owner_id, shard, created_at, updated_at)
            SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '', 'ledger-' || n % 1000, 'EUR', 0, 2,
                   CASE WHEN n % 10 = 0 THEN ('00000000-0000-8000-8000-' || lpad(to_hex(n % 1000), 12, '0'))::uuid END,
                   0, timestamptz '2026-01-01 UTC' + n * interval '1 second', now()
              FROM generate_series(0, 999999) n;
            INSERT INTO transfers (id, tenant, from_account_id, to_account_id, asset, amount_minor, shard, log_offset,
                   created_at, updated_at)
            SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '',
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex((n + 1) % 10000), 12, '0'))::uuid,
                   'EUR', 1, 0, n, timestamptz '2026-01-01 UTC' + n * interval '1 second', now()
              FROM generate_series(0, 999999) n;
            INSERT INTO entries (id, tenant, account_id, transfer_id, asset, amount_minor, balance_minor, account_version, shard,
                   log_offset, created_at, updated_at)
            SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '',
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                   'EUR', 1, n / 10000 + 1, n / 10000 + 2, n % 16, n,
                   timestamptz '2026-01-01 UTC' + n * interval '5 seconds', now()
              FROM generate_series(0, 999999) n;
            """;

    private static final String FILL_INVENTORY = """
            ALTER TABLE stock_reservations SET UNLOGGED;
            ALTER TABLE stock_movements SET UNLOGGED;
            ALTER TABLE stock_moves SET UNLOGGED;
            ALTER TABLE orders SET UNLOGGED;
            SET session_replication_role = replica;
            INSERT INTO stock_reservations (warehouse_id, id, tenant, status, pieces, expires_at, warehouse_version,
                   log_offset, shard, created_at, updated_at)
            SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '', 'confirmed', 1, now(), n / 10000 + 2,
                   n, 0, timestamptz '2026-01-01 UTC' + n * interval '1 second', now()
              FROM generate_series(0, 999999) n;
            INSERT INTO stock_movements (tenant, warehouse_id, warehouse_version, item_id, kind, on_hand_change, reserved_change,
                   on_hand, reserved, log_offset, shard, created_at, updated_at)
            SELECT '', ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid, n / 10000 + 2,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n % 1000), 12, '0'))::uuid, 'received', 1, 0,
                   n / 10000 + 1, 0, n, 0, timestamptz '2026-01-01 UTC' + n * interval '1 second', now()
              FROM generate_series(0, 999999) n;
            INSERT INTO stock_moves (from_warehouse_id, id, tenant, status, to_warehouse_id, item_id, quantity, log_offset,
                   shard, created_at, updated_at)
            SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '', 'moved',
                   ('00000000-0000-8000-8000-' || lpad(to_hex((n + 1) % 10000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n % 1000), 12, '0'))::uuid, 1, n, 0,
                   timestamptz '2026-01-01 UTC' + n * interval '1 second', now()
              FROM generate_series(0, 999999) n;
            INSERT INTO orders (warehouse_id, id, tenant, status, payment_id, customer_id, shop_id, asset, amount_minor,
                   log_offset, shard, created_at, updated_at)
            SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '', 'shipped',
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n % 1000), 12, '0'))::uuid,
                   ('00000000-0000-8000-8000-' || lpad(to_hex(n % 10), 12, '0'))::uuid, 'EUR', 1, n, 0,
                   timestamptz '2026-01-01 UTC' + n * interval '1 second', now()
              FROM generate_series(0, 999999) n;
            """;

    /** As months pass: three quarters of the entries are in months' partitions, the first ones in the table of before. */
    private static final String PARTITIONS = """
            DO $parts$
            BEGIN
                ALTER TABLE entries DETACH PARTITION entries_before;
                ALTER TABLE entries ATTACH PARTITION entries_before FOR VALUES FROM (MINVALUE) TO ('2026-01-15 UTC');
                FOR month IN 0..2 LOOP
                    EXECUTE format('CREATE TABLE entries_m%s PARTITION OF entries FOR VALUES FROM (%L) TO (%L) PARTITION BY HASH (shard)',
                        month, greatest(timestamptz '2026-01-15 UTC', timestamptz '2026-01-01 UTC' + month * interval '1 month'),
                        timestamptz '2026-01-01 UTC' + (month + 1) * interval '1 month');
                    FOR hash IN 0..3 LOOP
                        EXECUTE format('CREATE TABLE entries_m%1$s_h%2$s PARTITION OF entries_m%1$s FOR VALUES WITH (MODULUS 4, REMAINDER %2$s)',
                            month, hash);
                    END LOOP;
                END LOOP;
            END
            $parts$;
            """;

    /** Partitions' indexes by the names of those of their tables. */
    private static final String INDEX_PARENTS = """
            WITH RECURSIVE up AS (
                SELECT inhrelid AS part, inhparent AS parent FROM pg_inherits
                UNION ALL
                SELECT up.part, i.inhparent FROM up JOIN pg_inherits i ON i.inhrelid = up.parent)
            SELECT up.part::regclass::text, up.parent::regclass::text
              FROM up JOIN pg_class p ON p.oid = up.parent
             WHERE p.relkind = 'I' AND NOT p.relispartition
            """;

    private static final UUID ID = UUID.fromString("00000000-0000-8000-8000-000000000014");
    private static final Instant MIDDLE = Instant.parse("2026-02-06T00:00:00Z");
    private static final int LIMIT = 51;

    private static ProjectionDatabase database;

    @BeforeAll
    static void fill() throws IOException, SQLException, LiquibaseException {
        database = ProjectionDatabase.start();
        for (Domain<?, ?, ?> domain : DOMAINS) {
            database.migrate(domain);
        }
        database.execute(PARTITIONS);
        database.execute(FILL_LEDGER);
        database.execute(FILL_INVENTORY);
        database.makeReader(DOMAINS);
        database.execute("VACUUM ANALYZE");
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    static List<Read<?>> reads() {
        return DOMAINS.stream()
                .<Read<?>>flatMap(domain -> domain.access().reads().stream())
                .filter(read -> !questions(read).isEmpty())
                .toList();
    }

    @Test
    void everyReadOfTheDatabaseIsLookedAt() {
        assertThat(reads())
                .extracting(read -> read.endpoint().name())
                .containsExactlyInAnyOrderElementsOf(INDEXES.keySet());
    }

    @ParameterizedTest
    @MethodSource("reads")
    void walksItsIndexAndSortsNothing(Read<?> read) throws SQLException {
        List<Question> questions = questions(read);
        List<List<String>> indexes = INDEXES.getOrDefault(read.endpoint().name(), List.of());
        assertThat(indexes).hasSameSizeAs(questions);
        for (int index = 0; index < questions.size(); index++) {
            String plan = byTable(plan(questions.get(index), call(read.endpoint())));
            for (String name : indexes.get(index)) {
                assertThat(plan).containsPattern("Index (Only )?Scan (Backward )?using " + name + " ");
            }
            assertThat(plan).doesNotContain("Seq Scan", "Bitmap").doesNotContainPattern("Sort +\\(");
        }
    }

    /** Through the whole of an endpoint's handler: rows of a page are never asked for one by one. */
    @ParameterizedTest
    @MethodSource("reads")
    void asksAsOftenForManyRowsAsForOne(Read<?> read) throws IOException {
        List<String> one = asked(read, "limit=1");
        List<String> many = asked(read, "limit=100");

        assertThat(one).hasSize(questions(read).size() + (read instanceof Read.Statement ? 2 : 1));
        assertThat(many).isEqualTo(one);
    }

    private static List<String> asked(Read<?> read, String query) throws IOException {
        List<String> asked = new ArrayList<>();
        Exchange exchange = Exchanges.of(path(read.endpoint()), query);
        Reply reply = new HandlersOfReads(counting(asked))
                .of(read)
                .handle(exchange)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(reply.status()).isEqualTo(200);
        return asked;
    }

    /** The questions that a read asks, with values for what is behind the conditions, without the number of rows. */
    private static List<Question> questions(Read<?> read) {
        return switch (read) {
            case Read.Lookup<?> lookup -> List.of(new Question(RowQuery.of(lookup.table(), lookup.conditions()), 1));
            case Read.Listing<?> listing ->
                List.of(new Question(
                        RowQuery.ordered(listing.table(), listing.conditions(), listing.order()),
                        LIMIT,
                        Long.MAX_VALUE));
            case Read.Timeline<?> timeline ->
                List.of(new Question(
                        RowQuery.timeline(timeline.table(), timeline.alternatives()),
                        LIMIT,
                        Instant.EPOCH,
                        Instant.parse("9999-12-31T00:00:00Z"),
                        new UUID(0, 0)));
            case Read.Statement<?> statement -> {
                Read.Listing<?> entries = statement.entries();
                yield List.of(
                        new Question(
                                RowQuery.lastBefore(entries.table(), entries.conditions(), entries.order()), 1, MIDDLE),
                        new Question(
                                RowQuery.between(entries.table(), entries.conditions(), entries.order()),
                                LIMIT,
                                10L,
                                90L));
            }
            case Read.Memory<?, ?> m -> List.of();
            case Read.Anywhere<?, ?> a -> List.of();
            case Read.Everywhere<?, ?> e -> List.of();
            case Read.Changes<?> c -> List.of();
        };
    }

    private static Call call(Endpoint endpoint) {
        return new Call(
                "",
                Exchanges.of(path(endpoint), "").values(endpoint.fields()),
                new Values(Fields.EMPTY, new Object[0]));
    }

    private static List<String> path(Endpoint endpoint) {
        return endpoint.fields().all().stream()
                .map(field -> field.name().equals("ledger") ? "ledger-7" : ID.toString())
                .toList();
    }

    private static String plan(Question question, Call call) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(question.values()));
        values.add(question.limit());
        try (Connection connection = database.reader().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement tenant = connection.prepareStatement("SELECT set_config(?, ?, true)");
                    PreparedStatement explain = connection.prepareStatement(
                            "EXPLAIN (ANALYZE, BUFFERS OFF) " + question.query().sql())) {
                tenant.setString(1, TenantSetting.NAME);
                tenant.setString(2, TenantSetting.value(call.tenant()));
                tenant.execute();
                question.query().bind(explain, call, values);
                List<String> lines = new ArrayList<>();
                try (ResultSet found = explain.executeQuery()) {
                    while (found.next()) {
                        lines.add(found.getString(1));
                    }
                }
                return String.join("\n", lines);
            }
        }
    }

    /** The plan with the names of the tables' indexes for those of their partitions, and without partitions that are empty. */
    private static String byTable(String plan) throws SQLException {
        Map<String, String> parents = pairs(INDEX_PARENTS);
        String named = Pattern.compile("using (\\S+) ")
                .matcher(plan)
                .replaceAll(found -> "using " + parents.getOrDefault(found.group(1), found.group(1)) + " ");
        return named.lines()
                .filter(line -> !line.contains(" on entries_default"))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> pairs(String sql) throws SQLException {
        Map<String, String> pairs = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                pairs.put(found.getString(1), found.getString(2));
            }
        }
        return pairs;
    }

    /** Notes each statement that is prepared. */
    private static DataSource counting(List<String> asked) {
        return new CountedStatements(database.reader(), asked);
    }

    /**
     * What is asked, as a handler asks it.
     *
     * @param limit rows at most
     * @param values of the parameters between the conditions and the limit
     */
    private record Question(RowQuery query, int limit, Object... values) {}
}
