package io.mainstay.engine;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Stage;
import io.mainstay.core.pipeline.CommandStep;
import io.mainstay.domain.ledger.PostTransfer;
import org.jspecify.annotations.Nullable;

/** A step as a user would add one, found as the engine finds it. */
public final class NoForbiddenTransfers implements CommandStep {
    @Override
    public Stage stage() {
        return Stage.AUTHORIZATION;
    }

    @Override
    public boolean appliesTo(Class<? extends Command> type) {
        return type == PostTransfer.class;
    }

    @Override
    public @Nullable Rejection check(CommandRequest request) {
        return request.command() instanceof PostTransfer post
                        && post.reference().equals("forbidden")
                ? new Rejection(Rejection.Kind.REFUSED, "forbidden", "Not by you.", "/reference")
                : null;
    }
}
