package io.mainstay.api;

import io.mainstay.core.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How many rows of the projection are kept, and for how long. Each field is described by its key. */
record CacheConfig(int rowsMax, Duration staleMax) {
    private static final ConfigKey<Integer> ROWS_MAX = ConfigKey.count(
            "mainstay.cache.rows.max",
            10_000,
            0,
            10_000_000,
            "Rows of PostgreSQL that are kept in memory, at most: those that are asked for most; 0 for none.");
    private static final ConfigKey<Duration> STALE_MAX = ConfigKey.duration(
            "mainstay.cache.stale.max",
            "1s",
            "0ms",
            "1h",
            "A row is read anew after this time, even if nothing is known to have changed it; 0ms to keep none.");

    /** Every setting of the cache, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(ROWS_MAX, STALE_MAX);

    /** {@code source} gives the text of a setting by its name. */
    static CacheConfig from(Function<String, Optional<String>> source) {
        return new CacheConfig(ROWS_MAX.read(source), STALE_MAX.read(source));
    }

    /** False if nothing is to be kept. */
    boolean isOn() {
        return rowsMax > 0 && !staleMax.isZero();
    }
}
