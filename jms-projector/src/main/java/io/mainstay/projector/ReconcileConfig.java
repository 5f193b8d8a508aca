package io.mainstay.projector;

import io.mainstay.core.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** When engine and database are compared, and how long that may take. Each field is described by its key. */
record ReconcileConfig(Duration interval, Duration timeout) {
    static final ConfigKey<Duration> INTERVAL = ConfigKey.duration(
            "mainstay.reconcile.interval",
            "1h",
            "0s",
            "365d",
            "How often all shards are compared with PostgreSQL; 0s for never.");
    static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration(
            "mainstay.reconcile.timeout",
            "10m",
            "1s",
            "1d",
            "A comparison of the shards with PostgreSQL that takes longer is broken off.");

    /** Every setting of the comparison, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(INTERVAL, TIMEOUT);

    /** {@code source} gives the text of a setting by its name. */
    static ReconcileConfig from(Function<String, Optional<String>> source) {
        return new ReconcileConfig(INTERVAL.read(source), TIMEOUT.read(source));
    }
}
