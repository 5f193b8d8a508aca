package io.mainstay.api;

import io.mainstay.core.config.ConfigKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How many reads ask the database at once. Each field is described by its key. */
record PoolConfig(int readConnections) {
    /** No pool is larger. */
    static final int READ_CONNECTIONS_MAX = 256;

    static final ConfigKey<Integer> READ_CONNECTIONS = ConfigKey.count(
            "mainstay.db.read.connections",
            9,
            1,
            READ_CONNECTIONS_MAX,
            "Connections of the reads, and reads that ask at once: two for each core of PostgreSQL, and one for each of its disks.");

    /** Every setting of the pool, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(READ_CONNECTIONS);

    /** {@code source} gives the text of a setting by its name. */
    static PoolConfig from(Function<String, Optional<String>> source) {
        return new PoolConfig(READ_CONNECTIONS.read(source));
    }
}
