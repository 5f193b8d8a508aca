package io.mainstay.engine;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.pipeline.CommandHook;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.concurrent.atomic.AtomicLong;

/** A hook as a user would add one, found as the engine finds it. */
public final class CountsForbiddenTransfers implements CommandHook {
    static final AtomicLong DENIED = new AtomicLong();

    @Override
    public boolean appliesTo(Class<? extends Command> type) {
        return type == PostTransfer.class;
    }

    @Override
    public void after(CommandRequest request, Outcome outcome) {
        if (outcome instanceof Outcome.Denied) {
            DENIED.incrementAndGet();
        }
    }
}
