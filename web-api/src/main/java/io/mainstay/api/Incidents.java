package io.mainstay.api;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Failures that nobody has foreseen: told in full to the log, and to the caller by a name alone. */
final class Incidents {
    private static final Logger LOG = System.getLogger("io.mainstay.api");

    private Incidents() {}

    static Problem report(Throwable failure) {
        UUID incident = UUID.randomUUID();
        LOG.log(Level.ERROR, "incident " + incident + ": a request failed", failure);
        return Problem.of(
                        ProblemType.INTERNAL_ERROR,
                        "Something failed that should not. The server's log knows it as incident " + incident + ".")
                .withInstance("urn:mainstay:incident:" + incident);
    }
}
