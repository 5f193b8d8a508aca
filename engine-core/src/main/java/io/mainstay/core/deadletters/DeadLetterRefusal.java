package io.mainstay.core.deadletters;

/** A dead letter is not what was asked for, or not in the state for it; nothing was done. */
public final class DeadLetterRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why nothing was done. */
    public enum Reason {
        /** There is no such letter. */
        UNKNOWN,
        /** It is resolved or discarded already. */
        CLOSED,
        /** An earlier one of its rows is open and comes first. */
        BEHIND
    }

    private final Reason reason;

    public DeadLetterRefusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
