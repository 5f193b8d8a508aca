package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import jakarta.jms.ConnectionFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the connection factory of the log, which the resource adapter binds at some time during the start. */
final class LogConnections {
    private static final String JNDI_NAME = "jms/mainstay-log";

    /** Throws {@link EngineException} RETRY while it is not there. */
    @SuppressWarnings("BanJNDI") // The name is a constant, and the naming context the server's own.
    ConnectionFactory factory() {
        try {
            return InitialContext.doLookup(JNDI_NAME);
        } catch (NamingException e) {
            throw new EngineException(Severity.RETRY, "no connection factory at " + JNDI_NAME + " yet", e);
        }
    }
}
