package io.mainstay.projector;

import jakarta.ejb.ApplicationException;

/** Rolls a trial back that the database would have taken. */
@ApplicationException
final class TrialPassedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrialPassedException() {
        super("taken, and rolled back because it was a trial", null, false, false);
    }
}
