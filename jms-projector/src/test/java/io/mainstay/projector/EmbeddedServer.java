package io.mainstay.projector;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL that syncs to disk; it can be stopped and started again with its data. */
final class EmbeddedServer implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final EmbeddedPostgres running;

    private EmbeddedServer(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        running = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    static EmbeddedServer start(Path directory) throws IOException {
        return new EmbeddedServer(directory, freePort());
    }

    /** The same data on the same port, after {@link #close}. */
    EmbeddedServer startAgain() throws IOException {
        return new EmbeddedServer(directory, port);
    }

    /** Connects anew each time, with the driver settings of the server configuration. */
    Database database() {
        return database("postgres");
    }

    /** As one of its roles, which needs no password here. */
    Database database(String user) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName("postgres");
        dataSource.setUser(user);
        dataSource.setReWriteBatchedInserts(true);
        return new Database(dataSource);
    }

    @Override
    public void close() throws IOException {
        running.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
