package io.mainstay.testkit;

/** A domain does what replay forbids; the message names the culprit. */
public final class DomainBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    DomainBroken(String message) {
        super(message);
    }

    DomainBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
