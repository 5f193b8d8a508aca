package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.config.ConfigKey;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.shard.ShardConfig.Formats;
import io.mainstay.core.shard.SnapshotCodecs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads how new frames and snapshots are written. */
final class FormatSettings {
    private static final int LEVEL_MAX = 19;

    private static final ConfigKey<String> SERIALIZER = new ConfigKey<>(
            "mainstay.log.serializer",
            PayloadEncoding.BINARY,
            "binary, json or the name of another one that is installed",
            "How the payloads of new log frames are written; json is for people, and slow. Every frame says how it is written.",
            text -> {
                PayloadEncoding.of(text, PayloadEncoding.NONE, 0);
                return text;
            });
    private static final ConfigKey<String> COMPRESSION = new ConfigKey<>(
            "mainstay.log.compression",
            PayloadEncoding.NONE,
            "none or zstd",
            "Whether the payloads of new log frames are compressed, where that makes them smaller.",
            text -> {
                PayloadEncoding.of(PayloadEncoding.BINARY, text, 0);
                return text;
            });
    private static final ConfigKey<Integer> LEVEL = ConfigKey.count(
            "mainstay.log.compression.level",
            1,
            1,
            LEVEL_MAX,
            "How hard zstd tries: a higher level takes more time and makes frames smaller.");
    private static final ConfigKey<String> SNAPSHOT_CODEC = new ConfigKey<>(
            "mainstay.snapshot.codec",
            SnapshotCodecs.BINARY,
            "binary, json or the name of another one that is installed or that a domain brings along",
            "How new snapshots are written; json is for people. Every snapshot says how it is written.",
            text -> text);

    static final List<ConfigKey<?>> KEYS = List.of(SERIALIZER, COMPRESSION, LEVEL, SNAPSHOT_CODEC);

    private FormatSettings() {}

    static Formats read(Function<String, Optional<String>> source) {
        return new Formats(
                PayloadEncoding.of(SERIALIZER.read(source), COMPRESSION.read(source), LEVEL.read(source)),
                SNAPSHOT_CODEC.read(source));
    }

    /** {@link IllegalArgumentException} names the setting and the value if the codec of snapshots is not installed. */
    static void check(Formats formats, Domains domains) {
        try {
            new SnapshotCodecs(domains).chosen(formats.snapshotCodec());
        } catch (EngineException missing) {
            throw new IllegalArgumentException(
                    "%s is '%s' (%s); %s wanted"
                            .formatted(
                                    SNAPSHOT_CODEC.name(),
                                    formats.snapshotCodec(),
                                    missing.getMessage(),
                                    SNAPSHOT_CODEC.rangeText()),
                    missing);
        }
    }
}
