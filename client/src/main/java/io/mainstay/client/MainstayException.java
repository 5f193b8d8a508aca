package io.mainstay.client;

import org.jspecify.annotations.Nullable;

/** A call that did not get what it asked for. */
public abstract sealed class MainstayException extends RuntimeException permits MainstayProblem, MainstayUnreachable {
    private static final long serialVersionUID = 1L;

    private final @Nullable String idempotencyKey;

    MainstayException(String message, @Nullable String idempotencyKey, @Nullable Throwable cause) {
        super(message, cause);
        this.idempotencyKey = idempotencyKey;
    }

    /** The key that the order went out under; an order sent again under this key is done once. Null after a read. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }
}
