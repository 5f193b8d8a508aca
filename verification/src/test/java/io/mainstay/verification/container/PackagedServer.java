package io.mainstay.verification.container;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.jspecify.annotations.Nullable;

/**
 * Gives Arquillian the packaged server to run: a copy without the application, which each test brings with itself in
 * it, on a free port, and a PostgreSQL.
 */
public final class PackagedServer implements LoadableExtension {
    private static final Path PACKAGED = Path.of("..", "ear", "target", "liberty", "wlp", "usr", "servers", "mainstay");
    private static final Path HOME = Path.of("target", "homes", "container").toAbsolutePath();
    private static final Path USR = HOME.resolve("usr");
    private static final String PORT = "mainstay.container.port";
    private static final String NAME = "mainstay.container.name";
    private static final List<String> COPIED = List.of("broker.xml", "jvm.options", "jdbc", "rar", "lib");

    @Override
    public void register(ExtensionBuilder builder) {
        System.setProperty("mainstay.container.usr", USR.toString());
        int port = freePort();
        System.setProperty(PORT, Integer.toString(port));
        // Arquillian takes any server of the same name on the machine for its own.
        System.setProperty(NAME, "container-" + port);
        builder.observer(Preparation.class);
    }

    /** Comes before the server's start and after its stop. */
    public static final class Preparation {
        private @Nullable EmbeddedPostgres postgres;

        void prepare(@Observes(precedence = 100) BeforeSuite event) throws IOException, SQLException {
            empty(HOME);
            EmbeddedPostgres started = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(HOME.resolve("postgres").toFile())
                    .setServerConfig("max_connections", "100")
                    .start();
            postgres = started;
            try (Connection connection = started.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create role mainstay login");
                statement.execute("create database mainstay owner mainstay");
            }
            copyServer(started.getPort());
        }

        void stop(@Observes(precedence = -100) AfterSuite event) throws IOException {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    private static void copyServer(int databasePort) throws IOException {
        Path server = Files.createDirectories(USR.resolve("servers").resolve(System.getProperty(NAME)));
        for (String name : COPIED) {
            if (Files.exists(PACKAGED.resolve(name))) {
                copy(PACKAGED.resolve(name), server.resolve(name));
            }
        }
        String configuration = Files.readString(PACKAGED.resolve("server.xml"));
        Files.writeString(
                server.resolve("server.xml"),
                configuration.replaceAll("(?s)<enterpriseApplication .*?</enterpriseApplication>", ""));
        Path overrides = Files.createDirectories(server.resolve("configDropins").resolve("overrides"));
        Files.writeString(overrides.resolve("container.xml"), """
            <server>
              <featureManager><feature>localConnector-1.0</feature></featureManager>
              <config updateTrigger="polled"/>
              <applicationMonitor updateTrigger="polled" dropinsEnabled="true"/>
              <variable name="mainstay.home" value="%s"/>
              <variable name="mainstay.http.port" value="%s"/>
              <variable name="mainstay.db.port" value="%d"/>
            </server>
            """.formatted(
                        HOME.resolve("data"), System.getProperty(PORT), databasePort));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port on the loopback interface", e);
        }
    }
}
