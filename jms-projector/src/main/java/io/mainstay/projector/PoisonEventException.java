package io.mainstay.projector;

import io.mainstay.core.projection.LogPlace;
import jakarta.ejb.ApplicationException;

/** One event cannot be projected, whatever else is; the others go on without it. */
@ApplicationException
final class PoisonEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient LogPlace place;

    /** {@code message} tells keys of rows, and no other value of theirs. */
    PoisonEventException(LogPlace place, String message) {
        super(message);
        this.place = place;
    }

    PoisonEventException(LogPlace place, RuntimeException cause) {
        super(cause.getClass().getName(), cause);
        this.place = place;
    }

    LogPlace place() {
        return place;
    }
}
