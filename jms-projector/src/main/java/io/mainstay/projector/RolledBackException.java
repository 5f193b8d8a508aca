package io.mainstay.projector;

import jakarta.ejb.ApplicationException;

/** Carries what a caller is to be told out of a transaction, past the container, which would report it as a fault. */
@ApplicationException
final class RolledBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException told;

    RolledBackException(RuntimeException told) {
        super(told.getMessage(), told);
        this.told = told;
    }

    RuntimeException told() {
        return told;
    }
}
