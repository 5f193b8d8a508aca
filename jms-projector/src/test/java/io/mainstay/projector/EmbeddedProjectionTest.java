package io.mainstay.projector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The projection on the PostgreSQL that Mainstay brings along. */
@SuppressWarnings("NullAway.Init")
class EmbeddedProjectionTest extends ProjectionContract {
    private static EmbeddedServer server;

    @BeforeAll
    static void startServer(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
        server.database().execute(Files.readString(Path.of("../db/roles.sql")));
        server.database("mainstay_migrator").migrate();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    Database database() {
        return server.database();
    }

    @Override
    Database writer() {
        return server.database("mainstay_writer");
    }
}
