package io.mainstay.projector;

import jakarta.ejb.ApplicationException;

/** The database does not take the rows for what they hold; it does not tell which event they are of. */
@ApplicationException
final class RefusedDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedDataException(RuntimeException cause) {
        super(cause.getClass().getName(), cause);
    }
}
