package io.mainstay.engine;

import io.mainstay.core.config.ConfigKey;
import io.mainstay.core.shard.Durability;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the durability policy of each shard. */
final class DurabilitySettings {
    private static final String POLICIES = "sync, group-commit or async";
    private static final Pattern ONE = Pattern.compile("(\\d{1,3})=([a-z-]+)");

    private static final ConfigKey<String> POLICY = new ConfigKey<>(
            "mainstay.durability",
            "group-commit",
            POLICIES,
            "When a command is answered: after a sync of its own, after a sync shared with others, or before the sync.",
            DurabilitySettings::policy);
    private static final ConfigKey<Map<Integer, String>> SHARD_POLICIES = new ConfigKey<>(
            "mainstay.durability.shards",
            "",
            "pairs such as 0=sync,3=async",
            "Shards that have another durability policy than the others.",
            DurabilitySettings::policies);
    private static final ConfigKey<Integer> ASYNC_COUNT_MAX = ConfigKey.count(
            "mainstay.durability.async.count.max",
            1000,
            1,
            1_000_000,
            "Under async, commands of a shard that are answered but not synced, at most: what a crash may lose.");
    private static final ConfigKey<Duration> ASYNC_AGE_MAX = ConfigKey.duration(
            "mainstay.durability.async.age.max",
            "10ms",
            "1ms",
            "10s",
            "Under async, a shard answers no new command while an answered command is older than this and not synced.");

    static final List<ConfigKey<?>> KEYS = List.of(POLICY, SHARD_POLICIES, ASYNC_COUNT_MAX, ASYNC_AGE_MAX);

    private DurabilitySettings() {}

    /** The policy of shards that have none of their own. */
    static Durability common(Function<String, Optional<String>> source) {
        return of(POLICY.read(source), source);
    }

    /** The policies of shards that have their own; {@link IllegalArgumentException} if there is no such shard. */
    static Map<Integer, Durability> own(int shards, Function<String, Optional<String>> source) {
        Map<Integer, Durability> own = new HashMap<>();
        SHARD_POLICIES.read(source).forEach((shard, policy) -> {
            if (shard >= shards) {
                throw new IllegalArgumentException("%s names shard %d, there are %d shards from 0 on"
                        .formatted(SHARD_POLICIES.name(), shard, shards));
            }
            own.put(shard, of(policy, source));
        });
        return own;
    }

    private static Durability of(String policy, Function<String, Optional<String>> source) {
        return switch (policy) {
            case "sync" -> new Durability.Sync();
            case "async" ->
                new Durability.Async(
                        ASYNC_COUNT_MAX.read(source), ASYNC_AGE_MAX.read(source).toNanos() / 1000);
            default -> new Durability.GroupCommit();
        };
    }

    private static String policy(String text) {
        if (!List.of("sync", "group-commit", "async").contains(text)) {
            throw new IllegalArgumentException("no such policy");
        }
        return text;
    }

    private static Map<Integer, String> policies(String text) {
        Map<Integer, String> policies = new HashMap<>();
        if (text.isEmpty()) {
            return policies;
        }
        for (String pair : text.split(",", -1)) {
            Matcher matcher = ONE.matcher(pair.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + pair + "' is no pair");
            }
            if (policies.put(Integer.valueOf(matcher.group(1)), policy(matcher.group(2))) != null) {
                throw new IllegalArgumentException("shard " + matcher.group(1) + " occurs twice");
            }
        }
        return policies;
    }
}
