package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.Classification;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Table;
import io.mainstay.core.projection.TenantSetting;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Who may do what with the tables, on a real PostgreSQL, with every domain that is installed. */
@SuppressWarnings("NullAway.Init")
final class TableAccessTest {
    private static final Domains DOMAINS = Domains.load(TableAccessTest.class.getClassLoader());

    private static EmbeddedServer server;
    private static Database owner;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
        Database superuser = server.database();
        superuser.execute(Files.readString(Path.of("../db/roles.sql")));
        superuser.execute(Files.readString(Path.of("../db/roles.sql")));
        owner = server.database("mainstay_migrator");
        owner.migrate(DOMAINS);
        for (String tenant : List.of("", "acme", "other")) {
            insert(tenant);
        }
        owner.migrate(DOMAINS);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void everyTableOfADomainTellsItsRowsTenantsApart() {
        for (Table table : tables()) {
            assertThat(owner.rows("SELECT relrowsecurity FROM pg_class WHERE oid = '" + table + "'::regclass"))
                    .as(table.name())
                    .containsExactly("t");
            assertThat(owner.rows("SELECT qual FROM pg_policies WHERE tablename = '" + table
                            + "' AND policyname = 'mainstay_reader_rows'"))
                    .as(table.name())
                    .singleElement()
                    .asString()
                    .contains("mainstay.tenant");
        }
    }

    @Test
    void everyForeignKeyHasAnIndexAlsoOfEachPartition() {
        assertThat(owner.number("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
                .isGreaterThan(10);
        assertThat(owner.rows(MigrationsTest.FOREIGN_KEYS_WITHOUT_INDEX)).isEmpty();
    }

    @Test
    void readersSeeTheirTenantsRowsWithoutAskingForThem() throws SQLException {
        for (String tenant : List.of("", "acme", "other", "nobody")) {
            for (String table : List.of("accounts", "entries", "parties", "warehouses", "stock_levels")) {
                List<String> tenants = read(Optional.of(tenant), "SELECT tenant FROM " + table);
                if (tenant.equals("nobody")) {
                    assertThat(tenants).as(table).isEmpty();
                } else {
                    assertThat(tenants).as(table).isNotEmpty().containsOnly(tenant);
                }
            }
        }
    }

    @Test
    void whoNamesNobodySeesNothingAlsoAfterOneWhoDid() throws SQLException {
        try (Connection connection =
                server.database("mainstay_reader").dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(rows(connection, "SELECT tenant FROM entries")).isEmpty();
            name(connection, "");
            assertThat(rows(connection, "SELECT tenant FROM entries"))
                    .containsOnly("")
                    .isNotEmpty();
            connection.commit();
            assertThat(rows(connection, "SELECT tenant FROM entries")).isEmpty();
        }
    }

    @Test
    void readersSeeHowFarTheProjectionIsAndChangeNothing() throws SQLException {
        assertThat(read(Optional.empty(), "SELECT target FROM projection_positions"))
                .isEmpty();
        for (String sql : List.of(
                "INSERT INTO assets VALUES ('acme', 'X', 0, 0, now(), now(), NULL)",
                "UPDATE accounts SET version = version + 1",
                "DELETE FROM entries",
                "SELECT * FROM entries_before",
                "SELECT * FROM in_flight")) {
            assertRefused("mainstay_reader", "SET transaction_read_only = off; " + sql);
        }
    }

    @Test
    void theWriterWritesForEveryTenantAndDeletesNothing() throws SQLException, IOException {
        try (Connection connection =
                        server.database("mainstay_writer").dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(rows(connection, "SELECT DISTINCT tenant FROM accounts ORDER BY 1"))
                    .containsExactly("", "acme", "other");
            assertThat(statement.executeUpdate("UPDATE accounts SET version = version + 1"))
                    .isEqualTo(3);
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY assets (tenant, code, scale, shard, created_at, updated_at) FROM STDIN",
                            new StringReader("acme\tUSD\t2\t0\tnow\tnow\nother\tUSD\t2\t0\tnow\tnow\n"));
            assertThat(copied).isEqualTo(2);
            connection.rollback();
        }
        for (Table table : tables()) {
            assertRefused("mainstay_writer", "DELETE FROM " + table);
            assertRefused("mainstay_writer", "TRUNCATE " + table);
            assertRefused("mainstay_writer", "ALTER TABLE " + table + " ADD COLUMN more int");
        }
        assertRefused("mainstay_writer", "UPDATE events SET type = 'other'");
        assertRefused("mainstay_writer", "CREATE TABLE mine (id int)");
    }

    @Test
    void theAuditorSeesEveryTenantButNothingPersonal() throws SQLException {
        try (Connection connection =
                server.database("mainstay_auditor").dataSource().getConnection()) {
            assertThat(rows(connection, "SELECT tenant FROM parties ORDER BY 1"))
                    .containsExactly("", "acme", "other");
        }
        for (Table table : tables()) {
            for (Column<?> column : table.columns()) {
                boolean personal = column.classification() == Classification.PERSONAL;
                assertThat(owner.rows("SELECT has_column_privilege('mainstay_auditor', '%s', '%s', 'SELECT')"
                                .formatted(table, column.name())))
                        .as(column.toString())
                        .containsExactly(personal ? "f" : "t");
            }
        }
        assertRefused("mainstay_auditor", "SELECT name FROM parties");
        assertRefused("mainstay_auditor", "SELECT * FROM parties");
        assertRefused("mainstay_auditor", "SELECT event FROM dead_letters");
        assertRefused("mainstay_auditor", "SET transaction_read_only = off; UPDATE accounts SET version = 1");
    }

    @Test
    void aTableThatComesLaterIsSeenByTenantOrNotAtAll() throws SQLException {
        owner.execute("CREATE TABLE later (id int, tenant text, secret text); CREATE TABLE nobodys (id int);"
                + " COMMENT ON COLUMN later.secret IS 'personal'; INSERT INTO later VALUES (1, 'acme', 's'), (2, 'b', 's');"
                + " INSERT INTO nobodys VALUES (1)");
        owner.migrate(DOMAINS);
        try {
            assertThat(read(Optional.of("acme"), "SELECT id FROM later")).containsExactly("1");
            assertRefused("mainstay_reader", "SELECT * FROM nobodys");
            assertRefused("mainstay_auditor", "SELECT secret FROM later");
            owner.execute("COMMENT ON COLUMN later.secret IS NULL");
            owner.migrate(DOMAINS);
            assertThat(server.database("mainstay_auditor").rows("SELECT secret FROM later ORDER BY id"))
                    .containsExactly("s", "s");
        } finally {
            owner.execute("DROP TABLE later, nobodys");
        }
    }

    private static List<Table> tables() {
        return DOMAINS.all().stream()
                .flatMap(domain -> domain.projection().tables().stream())
                .toList();
    }

    private static void insert(String tenant) {
        UUID id = UUID.nameUUIDFromBytes(tenant.getBytes(StandardCharsets.UTF_8));
        owner.execute("""
                INSERT INTO parties (id, tenant, ledger, name, version, shard, created_at, updated_at)
                VALUES ('%1$s', '%2$s', 'main', 'Ada', 1, 0, now(), now());
                INSERT INTO accounts (id, tenant, ledger, asset, balance_minor, version, shard, created_at, updated_at)
                VALUES ('%1$s', '%2$s', 'main', 'EUR', 0, 1, 0, now(), now());
                INSERT INTO entries (id, account_id, transfer_id, amount_minor, balance_minor, account_version, shard, log_offset,
                       created_at, updated_at)
                VALUES ('%1$s', '%1$s', '%1$s', 1, 1, 1, 0, 1, now(), now());
                INSERT INTO warehouses (id, tenant, site, name, shard, created_at, updated_at)
                VALUES ('%1$s', '%2$s', 'vie', 'north', 0, now(), now());
                INSERT INTO stock_levels (warehouse_id, item_id, on_hand, reserved, version, shard, created_at, updated_at)
                VALUES ('%1$s', '%1$s', 1, 0, 1, 0, now(), now());
                """.formatted(id, tenant));
    }

    private static List<String> read(Optional<String> tenant, String sql) throws SQLException {
        try (Connection connection =
                server.database("mainstay_reader").dataSource().getConnection()) {
            connection.setAutoCommit(false);
            if (tenant.isPresent()) {
                name(connection, tenant.get());
            }
            return rows(connection, sql);
        }
    }

    private static void name(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('" + TenantSetting.NAME + "', ?, true)")) {
            statement.setString(1, TenantSetting.value(tenant));
            statement.execute();
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }

    private static void assertRefused(String role, String sql) {
        Database database = server.database(role);
        assertThatThrownBy(() -> database.execute(sql))
                .as(role + ": " + sql)
                .rootCause()
                .message()
                .containsAnyOf("permission denied", "must be owner");
    }
}
