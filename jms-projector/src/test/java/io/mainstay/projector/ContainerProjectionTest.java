package io.mainstay.projector;

import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The projection on the official image of PostgreSQL, where Docker is present. */
@Testcontainers(disabledWithoutDocker = true)
final class ContainerProjectionTest extends ProjectionContract {
    @Container
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:18");

    @BeforeAll
    static void migrate() {
        connect().migrate();
    }

    @Override
    Database database() {
        return connect();
    }

    private static Database connect() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(SERVER.getJdbcUrl());
        dataSource.setUser(SERVER.getUsername());
        dataSource.setPassword(SERVER.getPassword());
        dataSource.setReWriteBatchedInserts(true);
        return new Database(dataSource);
    }
}
