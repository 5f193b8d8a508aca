package io.mainstay.projector;

import io.mainstay.core.config.ConfigKey;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is projected, and how much at a time.
 *
 * @param targets names of the targets that are on
 * @param copyRowsMin a table's new rows of one transaction go by COPY from so many on
 * @param deadLettersMax how many dead letters a target's shard may have open
 */
record ProjectionConfig(Set<String> targets, BatchBounds batch, int copyRowsMin, int deadLettersMax) {
    private static final ConfigKey<Set<String>> TARGETS = new ConfigKey<>(
            "mainstay.projection.targets",
            SqlTarget.NAME + "," + EventsTarget.NAME,
            "names of targets, separated by commas",
            "Where events go in PostgreSQL: sql is what the API reads, events an audit table with a row for each event."
                    + " One that was left out and comes back reads what it missed from the log.",
            ProjectionConfig::parseTargets);
    private static final ConfigKey<Integer> BATCH_FRAMES = ConfigKey.count(
            "mainstay.projection.batch.frames",
            64,
            1,
            1024,
            "Log frames of a shard that wait and are projected in one transaction, at most.");
    private static final ConfigKey<Long> BATCH_SIZE = ConfigKey.size(
            "mainstay.projection.batch.size",
            "4MiB",
            "1KiB",
            "64MiB",
            "Bytes of log frames after which no further one joins a transaction.");
    private static final ConfigKey<Integer> COPY_ROWS = ConfigKey.count(
            "mainstay.projection.copy.rows",
            500,
            1,
            1_000_000_000,
            "From so many new rows of a table in one transaction on, they are written by COPY and not by inserts.");

    private static final ConfigKey<Integer> DEAD_LETTERS_MAX = ConfigKey.count(
            "mainstay.projection.dead-letters.max",
            10_000,
            1,
            1_000_000,
            "Events of a target and shard that could not be projected or wait behind such; with more, it stops.");

    /** Every setting of the projection, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(TARGETS, BATCH_FRAMES, BATCH_SIZE, COPY_ROWS, DEAD_LETTERS_MAX);

    ProjectionConfig {
        targets = Set.copyOf(targets);
    }

    /** {@code source} gives the text of a setting by its name. */
    static ProjectionConfig from(Function<String, Optional<String>> source) {
        return new ProjectionConfig(
                TARGETS.read(source),
                new BatchBounds(BATCH_FRAMES.read(source), BATCH_SIZE.read(source)),
                COPY_ROWS.read(source),
                DEAD_LETTERS_MAX.read(source));
    }

    private static Set<String> parseTargets(String text) {
        Set<String> names = new LinkedHashSet<>();
        Arrays.stream(text.split(",", -1)).map(String::strip).forEach(names::add);
        if (names.contains("")) {
            throw new IllegalArgumentException("no name");
        }
        return names;
    }
}
