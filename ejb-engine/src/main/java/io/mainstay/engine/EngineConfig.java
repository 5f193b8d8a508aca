package io.mainstay.engine;

import io.mainstay.core.config.ConfigKey;
import io.mainstay.core.config.SharedKeys;
import io.mainstay.core.quota.TenantQuotas;
import io.mainstay.core.shard.Durability;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardConfig.MessageLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the engine is set up; read once at start. Each field is described by its key.
 *
 * @param snapshots when a shard takes a snapshot
 * @param shard the limits within one shard
 * @param durabilities of shards that have a policy of their own
 * @param quotas of tenants
 */
public record EngineConfig(
        int shards,
        int mailboxCapacity,
        Duration ownershipTimeout,
        Duration appendTimeout,
        SnapshotSchedule snapshots,
        ShardConfig shard,
        Map<Integer, Durability> durabilities,
        TenantQuotas quotas) {
    private static final Pattern TAIL = Pattern.compile("[a-z0-9-]+@\\d{1,5}");

    private static final ConfigKey<Integer> MAILBOX_CAPACITY = ConfigKey.count(
            "mainstay.mailbox.capacity",
            16_384,
            16,
            65_536,
            "Submissions that wait in one shard before callers are told that it is overloaded.");
    private static final ConfigKey<Duration> OWNERSHIP_TIMEOUT = ConfigKey.duration(
            "mainstay.ownership.timeout",
            "10s",
            "100ms",
            "10m",
            "How long to wait for a shard that another server owns before saying so and trying again.");
    private static final ConfigKey<Duration> APPEND_TIMEOUT = ConfigKey.duration(
            "mainstay.append.timeout",
            "30s",
            "1s",
            "10m",
            "After this time without an answer from the broker an append counts as failed.");
    private static final ConfigKey<Integer> BATCH_COUNT_MAX = ConfigKey.count(
            "mainstay.batch.count.max",
            ShardConfig.DEFAULT.batches().countMax(),
            1,
            65_536,
            "Commands in one log frame, at most.");
    private static final ConfigKey<Integer> IN_FLIGHT_MAX = ConfigKey.count(
            "mainstay.batch.in.flight.max",
            ShardConfig.DEFAULT.batches().inFlightMax(),
            1,
            64,
            "Log frames of one shard that are appended but not yet durable, at most.");
    private static final ConfigKey<Integer> PIPELINE_COUNT_MIN = ConfigKey.count(
            "mainstay.batch.pipeline.count.min",
            ShardConfig.DEFAULT.batches().pipelineCountMin(),
            1,
            65_536,
            "With a log frame in flight, another one is begun only when so many commands wait.");
    private static final ConfigKey<Integer> TENANT_COUNT_MAX = ConfigKey.count(
            "mainstay.batch.tenant.count.max",
            ShardConfig.DEFAULT.batches().tenantCountMax(),
            1,
            65_536,
            "Commands of one tenant in one log frame, at most, while another tenant is there and would wait for them.");
    private static final ConfigKey<Integer> KEYS_MAX = ConfigKey.count(
            "mainstay.idempotency.keys.max",
            ShardConfig.DEFAULT.keys().countMax(),
            1000,
            100_000_000,
            "Idempotency keys that a shard remembers; the oldest goes first.");
    private static final ConfigKey<Duration> KEY_AGE_MAX = ConfigKey.duration(
            "mainstay.idempotency.age.max", "1d", "1m", "365d", "How long an idempotency key is remembered.");

    private static final ConfigKey<Duration> SNAPSHOT_INTERVAL = ConfigKey.duration(
            "mainstay.snapshot.interval",
            "5m",
            "1s",
            "7d",
            "A shard with new commands takes a snapshot after this time.");
    private static final ConfigKey<Integer> SNAPSHOT_COMMANDS = ConfigKey.count(
            "mainstay.snapshot.commands",
            1_000_000,
            100,
            1_000_000_000,
            "A shard takes a snapshot after this many commands, even before the time is up.");

    private static final ConfigKey<Duration> SNAPSHOT_REPLAY_TARGET = ConfigKey.duration(
            "mainstay.snapshot.replay.target",
            "10s",
            "100ms",
            "1h",
            "A shard takes a snapshot when replaying the commands since the last one would take this long, at the rate"
                    + " measured when it was taken.");
    private static final ConfigKey<Integer> OUTBOX_MAX = ConfigKey.count(
            "mainstay.messages.outbox.max",
            MessageLimits.DEFAULT.outboxMax(),
            1,
            10_000_000,
            "Messages of a shard that another one has not taken; with so many, commands that would send more are refused.");
    private static final ConfigKey<Duration> RESEND_AFTER = ConfigKey.duration(
            "mainstay.messages.resend.after",
            "500ms",
            "10ms",
            "10m",
            "Messages to another shard that it has not acknowledged are sent again after this time.");
    private static final ConfigKey<Integer> SAGAS_MAX = ConfigKey.count(
            "mainstay.sagas.max",
            MessageLimits.DEFAULT.sagasMax(),
            1,
            10_000_000,
            "Sagas of a shard that have not ended; with so many, commands that would begin another are refused.");
    private static final ConfigKey<Set<String>> TAILS_ALLOWED = new ConfigKey<>(
            "mainstay.tails.allowed",
            "",
            "domains with versions such as ledger@1, separated by commas",
            "Commands without an outcome in the log that these versions have written may be decided by the ones installed.",
            EngineConfig::tails);

    private static final List<ConfigKey<?>> OWN_KEYS = List.of(
            SharedKeys.SHARDS,
            MAILBOX_CAPACITY,
            OWNERSHIP_TIMEOUT,
            APPEND_TIMEOUT,
            BATCH_COUNT_MAX,
            IN_FLIGHT_MAX,
            PIPELINE_COUNT_MIN,
            TENANT_COUNT_MAX,
            KEYS_MAX,
            KEY_AGE_MAX,
            SNAPSHOT_INTERVAL,
            SNAPSHOT_COMMANDS,
            SNAPSHOT_REPLAY_TARGET,
            OUTBOX_MAX,
            RESEND_AFTER,
            SAGAS_MAX,
            TAILS_ALLOWED);

    /** Every setting of the engine, for the reference. */
    static final List<ConfigKey<?>> KEYS = Stream.of(
                    OWN_KEYS, DurabilitySettings.KEYS, QuotaSettings.KEYS, FormatSettings.KEYS)
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    public EngineConfig {
        durabilities = Map.copyOf(durabilities);
    }

    /** A configuration in which all shards have the same durability policy, and tenants no quotas. */
    public EngineConfig(
            int shards,
            int mailboxCapacity,
            Duration ownershipTimeout,
            Duration appendTimeout,
            SnapshotSchedule snapshots,
            ShardConfig shard) {
        this(shards, mailboxCapacity, ownershipTimeout, appendTimeout, snapshots, shard, Map.of(), TenantQuotas.NONE);
    }

    /** The limits of a shard. */
    ShardConfig shard(int number) {
        return shard.of(shards).with(durabilities.getOrDefault(number, shard.durability()));
    }

    /** {@code source} gives the text of a setting by its name. */
    public static EngineConfig from(Function<String, Optional<String>> source) {
        return new EngineConfig(
                SharedKeys.SHARDS.read(source),
                MAILBOX_CAPACITY.read(source),
                OWNERSHIP_TIMEOUT.read(source),
                APPEND_TIMEOUT.read(source),
                new SnapshotSchedule(
                        SNAPSHOT_INTERVAL.read(source),
                        SNAPSHOT_COMMANDS.read(source),
                        SNAPSHOT_REPLAY_TARGET.read(source)),
                new ShardConfig(
                        new ShardConfig.BatchLimits(
                                BATCH_COUNT_MAX.read(source),
                                ShardConfig.DEFAULT.batches().bytesMax(),
                                IN_FLIGHT_MAX.read(source),
                                PIPELINE_COUNT_MIN.read(source),
                                TENANT_COUNT_MAX.read(source)),
                        new ShardConfig.KeyLimits(KEYS_MAX.read(source), micros(KEY_AGE_MAX.read(source))),
                        DurabilitySettings.common(source),
                        new MessageLimits(
                                OUTBOX_MAX.read(source), micros(RESEND_AFTER.read(source)), SAGAS_MAX.read(source)),
                        TAILS_ALLOWED.read(source),
                        FormatSettings.read(source)),
                DurabilitySettings.own(SharedKeys.SHARDS.read(source), source),
                QuotaSettings.read(source));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static Set<String> tails(String text) {
        Set<String> tails = text.isEmpty() ? Set.of() : Set.of(text.split("\\s*,\\s*", -1));
        for (String tail : tails) {
            if (!TAIL.matcher(tail).matches()) {
                throw new IllegalArgumentException("'" + tail + "' is no domain with a version");
            }
        }
        return tails;
    }
}
