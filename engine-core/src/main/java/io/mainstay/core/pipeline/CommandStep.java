package io.mainstay.core.pipeline;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One check of commands before they reach their shard; found by {@link java.util.ServiceLoader}. Called by many threads at
 * once; it does not block.
 */
public interface CommandStep {
    Stage stage();

    /** Asked once for each type of command. */
    boolean appliesTo(Class<? extends Command> type);

    /** Says why the command is refused, or null. A step that throws has the command refused. */
    @Nullable
    Rejection check(CommandRequest request);

    /** Of a request that was refused just now: when asking again makes sense; 0 if that does not depend on time. */
    default int retryAfterMillis(CommandRequest request) {
        return 0;
    }
}
