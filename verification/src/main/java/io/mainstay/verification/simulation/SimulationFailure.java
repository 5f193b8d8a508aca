package io.mainstay.verification.simulation;

import java.util.List;

/** A run broke an invariant: which, where, and how to see it again. */
final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    SimulationFailure(long seed, long step, InvariantBroken broken, List<String> tail) {
        super(
                """
                seed %d broke %s at step %d: %s
                what came before:
                  %s
                to see it again: ./mainstay simulate --seed %d""".formatted(seed, broken.invariant(), step, broken.getMessage(), String.join("\n  ", tail), seed),
                broken);
        this.invariant = broken.invariant();
    }

    /** The simple name of the invariant's class. */
    String invariant() {
        return invariant;
    }
}
