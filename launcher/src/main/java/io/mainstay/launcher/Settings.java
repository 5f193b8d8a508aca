package io.mainstay.launcher;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the environment says about one home: {@code MAINSTAY_*} variables, each with a default.
 *
 * <p>All of them, also those that only the server knows, are handed on to the server.
 */
public record Settings(Path home, Map<String, String> environment) {

    private static final String PREFIX = "MAINSTAY_";
    private static final Map<String, String> DEFAULTS = Map.of(
            "MAINSTAY_HTTP_HOST", "127.0.0.1",
            "MAINSTAY_HTTP_PORT", "9080",
            "MAINSTAY_DB_PORT", "15432",
            "MAINSTAY_DB_NAME", "mainstay",
            "MAINSTAY_DB_USER", "mainstay",
            "MAINSTAY_DB_PASSWORD", "mainstay",
            "MAINSTAY_BROKER_MODE", "embedded",
            "MAINSTAY_HEAP", "2g",
            "MAINSTAY_JVM_ARGS", "",
            "MAINSTAY_START_SECONDS", "180");

    public Settings {
        home = home.toAbsolutePath().normalize();
        Map<String, String> ours = new TreeMap<>();
        environment.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !value.isEmpty()) {
                ours.put(key, value);
            }
        });
        environment = Map.copyOf(ours);
    }

    /** The home is {@code MAINSTAY_HOME}, else {@code var} in the root of the installation. */
    static Settings from(Map<String, String> environment, Installation installation) {
        String home = environment.getOrDefault("MAINSTAY_HOME", "");
        return new Settings(home.isEmpty() ? installation.root().resolve("var") : Path.of(home), environment);
    }

    int httpPort() {
        return port("MAINSTAY_HTTP_PORT");
    }

    String httpHost() {
        return get("MAINSTAY_HTTP_HOST");
    }

    /** Where a client on this machine reaches the server. */
    public URI baseUrl() {
        String host = httpHost();
        boolean everywhere = host.equals("*") || host.equals("0.0.0.0");
        return URI.create("http://" + (everywhere ? "127.0.0.1" : host) + ":" + httpPort());
    }

    /** Somebody else runs the database; ours is neither started nor stopped. */
    boolean databaseIsExternal() {
        return environment.containsKey("MAINSTAY_DB_HOST");
    }

    String databaseHost() {
        return environment.getOrDefault("MAINSTAY_DB_HOST", "127.0.0.1");
    }

    int databasePort() {
        return port("MAINSTAY_DB_PORT");
    }

    String databaseName() {
        return get("MAINSTAY_DB_NAME");
    }

    String databaseUser() {
        return get("MAINSTAY_DB_USER");
    }

    String databasePassword() {
        return get("MAINSTAY_DB_PASSWORD");
    }

    /** One user does everything in the database, instead of a role for each thing. */
    boolean hasOneDatabaseUser() {
        return find("MAINSTAY_DB_USER").isPresent();
    }

    /** As one who may see and change everything. */
    String jdbcUrl(int port) {
        String user = find(DatabaseRole.MIGRATOR.userVariable()).orElse(databaseUser());
        String password = find(DatabaseRole.MIGRATOR.passwordVariable()).orElse(databasePassword());
        return jdbcUrl(port, user, password);
    }

    String jdbcUrl(int port, String user, String password) {
        return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
                .formatted(databaseHost(), port, databaseName(), encoded(user), encoded(password));
    }

    boolean brokerIsExternal() {
        return get("MAINSTAY_BROKER_MODE").equals("external");
    }

    String heap() {
        return get("MAINSTAY_HEAP");
    }

    String jvmArguments() {
        return get("MAINSTAY_JVM_ARGS");
    }

    Duration startLimit() {
        return Duration.ofSeconds(number("MAINSTAY_START_SECONDS", 1, 86_400));
    }

    Path logDirectory() {
        return home.resolve("log");
    }

    /** What the environment says, if it does. */
    Optional<String> find(String key) {
        return Optional.ofNullable(environment.get(key));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int port(String key) {
        return number(key, 1, 65_535);
    }

    private int number(String key, int min, int max) {
        String value = get(key);
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new LauncherException(key + " is '" + value + "'; it must be a number", e);
        }
        throw new LauncherException("%s is %s; it must be from %d to %d".formatted(key, value, min, max));
    }

    private String get(String key) {
        String value = environment.getOrDefault(key, DEFAULTS.get(key));
        if (value == null) {
            throw new IllegalArgumentException("no such setting: " + key);
        }
        return value;
    }
}
