package io.mainstay.projector;

import jakarta.ejb.ApplicationException;

/** A hook does not let rows be written now. */
@ApplicationException
final class HookException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HookException(String message, Throwable cause) {
        super(message, cause);
    }
}
