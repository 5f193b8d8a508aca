package io.mainstay.projector;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sort of refusal an exception from the database is. */
enum SqlFailure {
    /** Lost against another transaction: the same again will do. */
    CONTENTION,
    /** A row is there already. */
    DUPLICATE,
    /** The database cannot be reached, or does not take work now. */
    AWAY,
    /** The database does not take a row for what it holds: a value, or a constraint on it. */
    DATA,
    /** The database refuses what was asked; a person has to see why. */
    REFUSED;

    private static final int DEPTH_MAX = 32;
    private static final String DUPLICATE_STATE = "23505";
    private static final Set<String> CONTENTION_STATES = Set.of("40001", "40P01", "55P03");
    private static final Set<String> DATA_CLASSES = Set.of("22", "23");
    /** A row or its place in an index is too large. */
    private static final String TOO_LARGE_STATE = "54000";

    private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57", "58");

    /** Looks for the cause that came from the driver; without one, the pool had no connection to give. */
    static SqlFailure of(Throwable failure) {
        String state = stateOf(failure);
        if (state == null) {
            return AWAY;
        }
        if (state.equals(DUPLICATE_STATE)) {
            return DUPLICATE;
        }
        if (CONTENTION_STATES.contains(state)) {
            return CONTENTION;
        }
        String stateClass = state.substring(0, Math.min(2, state.length()));
        if (DATA_CLASSES.contains(stateClass) || state.equals(TOO_LARGE_STATE)) {
            return DATA;
        }
        return AWAY_CLASSES.contains(stateClass) ? AWAY : REFUSED;
    }

    /** Whether it came from the database, and only because that cannot be reached now. */
    static boolean isAway(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH_MAX; depth++) {
            if (cause instanceof SQLException) {
                return of(failure) == AWAY;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static @Nullable String stateOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH_MAX; depth++) {
            if (cause instanceof SQLException sql) {
                // A batch's exception may state less than the one behind it.
                for (SQLException next = sql; next != null; next = next.getNextException()) {
                    if (next.getSQLState() != null) {
                        return next.getSQLState();
                    }
                }
            }
            cause = cause.getCause();
        }
        return null;
    }
}
