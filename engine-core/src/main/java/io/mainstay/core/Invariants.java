package io.mainstay.core;

/** Checks that stay on in production: a broken invariant is a bug and stops the shard before it writes. */
public final class Invariants {
    private Invariants() {}

    /** Throws a FATAL {@link EngineException} with the formatted message if the condition does not hold. */
    public static void check(boolean condition, String message, long first, long second) {
        if (!condition) {
            throw new EngineException(
                    EngineException.Severity.FATAL, "broken invariant: " + message.formatted(first, second));
        }
    }
}
