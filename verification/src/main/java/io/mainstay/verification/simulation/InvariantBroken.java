package io.mainstay.verification.simulation;

/** An invariant does not hold. An error, so that no shard takes it for a fault of the world. */
final class InvariantBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    InvariantBroken(String invariant, String message) {
        super(message);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
