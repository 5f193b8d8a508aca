package io.mainstay.client;

import org.jspecify.annotations.Nullable;

/** The server gave no answer, or none that can be understood, until the time was up: the order may be done or not. */
public final class MainstayUnreachable extends MainstayException {
    private static final long serialVersionUID = 1L;

    MainstayUnreachable(String message, @Nullable String idempotencyKey, @Nullable Throwable cause) {
        super(message, idempotencyKey, cause);
    }
}
