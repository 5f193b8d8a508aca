package io.mainstay.core.config;

/** Settings that several modules read. */
public final class SharedKeys {
    public static final ConfigKey<Integer> SHARDS =
            ConfigKey.count("mainstay.shards", 4, 1, 256, "Number of shards; fixed when the log is made.");

    private SharedKeys() {}
}
