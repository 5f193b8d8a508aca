package io.mainstay.projector;

import jakarta.ejb.ApplicationException;

/** A transaction was rolled back; its cause says why, and may quote rows. */
@ApplicationException
final class FailedTransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedTransactionException(RuntimeException cause) {
        super("rolled back", cause);
    }
}
