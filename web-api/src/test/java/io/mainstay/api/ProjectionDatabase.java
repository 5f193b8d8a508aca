package io.mainstay.api;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.projection.Table;
import io.mainstay.core.projection.TenantSetting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of tests, with the tables of domains. */
final class ProjectionDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    private ProjectionDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** With the table of the positions. */
    static ProjectionDatabase start() throws IOException, SQLException, LiquibaseException {
        ProjectionDatabase database = new ProjectionDatabase(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("maintenance_work_mem", "256MB")
                .start());
        database.migrate("changelog/001-positions.sql", new DirectoryResourceAccessor(Path.of("../db")));
        return database;
    }

    /** Makes a domain's tables. */
    void migrate(Domain<?, ?, ?> domain) throws SQLException, LiquibaseException {
        for (String changelog : domain.projection().changelogs()) {
            migrate(changelog);
        }
    }

    /** Runs one of the changelogs of domains. */
    void migrate(String changelog) throws SQLException, LiquibaseException {
        migrate(changelog, new ClassLoaderResourceAccessor());
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connect() throws SQLException {
        return source().getConnection();
    }

    /** Where readers connect, as the server's pool does it. */
    DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.getJdbcUrl("postgres", "postgres"));
        source.setOptions("-c default_transaction_isolation=repeatable\\ read");
        return source;
    }

    /** Makes the role that readers have, which sees the rows of its tenant alone. */
    void makeReader(List<Domain<?, ?, ?>> domains) throws SQLException {
        execute("CREATE ROLE mainstay_reader LOGIN");
        execute("GRANT SELECT ON projection_positions TO mainstay_reader");
        for (Domain<?, ?, ?> domain : domains) {
            for (Table table : domain.projection().tables()) {
                execute(
                        "GRANT SELECT ON %1$s TO mainstay_reader; ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON %1$s TO mainstay_reader USING (%2$s)"
                                .formatted(table.name(), TenantSetting.CONDITION));
            }
        }
    }

    /** Where readers connect, with the rights of readers. */
    DataSource reader() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.getJdbcUrl("mainstay_reader", "postgres"));
        source.setOptions("-c default_transaction_isolation=repeatable\\ read");
        return source;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void migrate(String changelog, ResourceAccessor files) throws SQLException, LiquibaseException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Liquibase liquibase = new Liquibase(changelog, files, new JdbcConnection(connection))) {
            liquibase.update(new Contexts());
        }
    }
}
