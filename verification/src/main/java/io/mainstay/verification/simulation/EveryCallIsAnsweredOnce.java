package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import java.util.Objects;

/** No call is answered twice. That none is forgotten, the run itself sees when it ends. */
final class EveryCallIsAnsweredOnce implements Invariant {
    @Override
    public void answered(Call call, Outcome outcome) {
        if (call.outcome() != null) {
            throw broken("answered %s, and then %s", Objects.requireNonNull(call.outcome()), outcome);
        }
    }
}
