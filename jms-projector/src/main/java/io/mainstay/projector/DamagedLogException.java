package io.mainstay.projector;

import jakarta.ejb.ApplicationException;

/** The log or the rows contradict themselves; the shard's projection stops until a person has looked. */
@ApplicationException
final class DamagedLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedLogException(String message) {
        super(message);
    }

    DamagedLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
