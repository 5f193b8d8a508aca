package io.mainstay.engine;

import io.mainstay.core.shard.ShardConfig;
import java.time.Duration;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.Config;

/**
 * How the engine is set up; read once at start.
 *
 * @param shards fixed when the log is made
 * @param mailboxCapacity submissions that wait in one shard before callers are told that it is overloaded
 * @param ownershipTimeout how long to wait for a shard that another server still owns before saying so
 * @param appendTimeout after which an append without an answer from the broker counts as failed
 */
record EngineConfig(
        int shards, int mailboxCapacity, Duration ownershipTimeout, Duration appendTimeout, ShardConfig shard) {
    private static final int SHARDS_MAX = 256;
    private static final int MAILBOX_CAPACITY_MAX = 1 << 16;

    EngineConfig {
        within("mainstay.shards", shards, 1, SHARDS_MAX);
        within("mainstay.mailbox.capacity", mailboxCapacity, 1, MAILBOX_CAPACITY_MAX);
    }

    static EngineConfig from(Config config) {
        BiFunction<String, Integer, Integer> number =
                (key, value) -> config.getOptionalValue(key, Integer.class).orElse(value);
        BiFunction<String, Duration, Duration> duration =
                (key, value) -> config.getOptionalValue(key, Duration.class).orElse(value);
        ShardConfig standard = ShardConfig.DEFAULT;
        return new EngineConfig(
                number.apply("mainstay.shards", 4),
                number.apply("mainstay.mailbox.capacity", 16_384),
                duration.apply("mainstay.ownership.timeout", Duration.ofSeconds(10)),
                duration.apply("mainstay.append.timeout", Duration.ofSeconds(30)),
                new ShardConfig(
                        number.apply("mainstay.batch.count.max", standard.batchCountMax()),
                        standard.batchBytesMax(),
                        number.apply("mainstay.batch.in.flight.max", standard.inFlightMax()),
                        number.apply("mainstay.idempotency.keys.max", standard.keysMax()),
                        duration.apply("mainstay.idempotency.age.max", Duration.ofDays(1))
                                        .toNanos()
                                / 1000));
    }

    private static void within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be between " + min + " and " + max);
        }
    }
}
