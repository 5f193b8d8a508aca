package io.mainstay.engine;

import io.mainstay.core.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of the log once a snapshot covers it.
 *
 * @param segmentBytes raw bytes of frames in one segment file, about
 * @param retention how long a segment stays under {@link Policy#retention}
 * @param compactionSegments sealed segments that gather before {@link Policy#compaction} rewrites them
 */
public record ArchiveConfig(Policy policy, long segmentBytes, Duration retention, int compactionSegments) {
    static final ConfigKey<Policy> POLICY = ConfigKey.choice(
            "mainstay.archive.policy",
            Policy.archive,
            Policy.class,
            "What becomes of the log that two snapshots cover: keep leaves it in the broker, archive moves it to segment"
                    + " files, retention deletes segments by age, compaction leaves the latest event of each aggregate.");
    static final ConfigKey<Long> SEGMENT_SIZE = ConfigKey.size(
            "mainstay.archive.segment.size",
            "64MiB",
            "1MiB",
            "1GiB",
            "Bytes of the log in one segment file of the archive, before compression; also what is let go from the broker"
                    + " at a time.");
    static final ConfigKey<Duration> RETENTION = ConfigKey.duration(
            "mainstay.archive.retention",
            "30d",
            "1m",
            "3650d",
            "Under the policy retention: segments whose last command is older than this are deleted.");
    static final ConfigKey<Integer> COMPACTION_SEGMENTS = ConfigKey.count(
            "mainstay.archive.compaction.segments",
            8,
            1,
            1000,
            "Under the policy compaction: the archive is rewritten when so many segments have gathered.");

    /** Every setting of the archive, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(POLICY, SEGMENT_SIZE, RETENTION, COMPACTION_SEGMENTS);

    public static final ArchiveConfig DEFAULT = from(name -> Optional.empty());

    /** What becomes of frames that two snapshots cover. */
    public enum Policy {
        /** They stay in the broker, and nothing goes to the archive. */
        keep,
        /** They go to the archive and stay there. */
        archive,
        /** They go to the archive and are deleted by age. */
        retention,
        /** They go to the archive, where the latest command of each aggregate is left of them. */
        compaction
    }

    /** {@code source} gives the text of a setting by its name. */
    static ArchiveConfig from(Function<String, Optional<String>> source) {
        return new ArchiveConfig(
                POLICY.read(source),
                SEGMENT_SIZE.read(source),
                RETENTION.read(source),
                COMPACTION_SEGMENTS.read(source));
    }
}
