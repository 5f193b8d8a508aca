package io.mainstay.projector;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/** What Liquibase says, in the server's log: its warnings as they are, its progress as details. */
final class MigrationLog extends AbstractLogService {
    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings({"rawtypes", "try"})
    public Logger getLog(Class subject) {
        java.util.logging.Logger log = java.util.logging.Logger.getLogger(Migrations.class.getName());
        return new AbstractLogger() {
            @Override
            public void log(Level level, String message, @Nullable Throwable cause) {
                if (level.equals(Level.OFF)) {
                    return;
                }
                log.log(level.intValue() > Level.INFO.intValue() ? level : Level.FINE, message, cause);
            }
        };
    }
}
