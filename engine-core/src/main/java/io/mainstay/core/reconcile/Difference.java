package io.mainstay.core.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * Something that the database shows otherwise than the engine holds it.
 *
 * @param key of the row, or of the group that was added up: {@code id=…}
 * @param column that differs; null if the row as a whole does
 * @param engine the value there as text; null if it has none; a personal one is not told
 * @param database the value there, alike
 */
public record Difference(
        Kind kind,
        String table,
        String key,
        @Nullable String column,
        @Nullable String engine,
        @Nullable String database) {
    /** Differences of one shard that are listed; more are counted. */
    public static final int LISTED_MAX = 100;

    /** What is wrong. */
    public enum Kind {
        /** A value differs. */
        CHANGED,
        /** The engine holds it, the database does not. */
        MISSING,
        /** The database has it, the engine does not. */
        UNKNOWN,
        /** A sum differs. */
        SUM
    }
}
