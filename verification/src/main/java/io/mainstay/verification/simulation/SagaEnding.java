package io.mainstay.verification.simulation;

import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.verification.simulation.Reference.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * How a saga ended.
 *
 * @param command whose saga it was: the type of the command that a client gave
 */
record SagaEnding(String command, boolean done) {
    /** Those of all sagas that stand in a shard's log. */
    static List<SagaEnding> of(ShardStorage storage) {
        List<SagaEnding> endings = new ArrayList<>();
        Reference reference = storage.reference();
        for (long offset = 0; offset < reference.executedBefore(); offset++) {
            if (storage.log().history().entry(offset).logged() instanceof LoggedCommand logged
                    && reference.result(offset) instanceof Result.Accepted(var version, var events, var sent, var skips)
                    && events.stream().anyMatch(SagaEvent.Began.class::isInstance)
                    && !(reference.told(offset) instanceof Result.Running)) {
                String command = Plain.DOMAINS
                        .decode(logged.domainId(), logged.bytes())
                        .getClass()
                        .getSimpleName();
                endings.add(new SagaEnding(command, reference.told(offset) instanceof Result.Accepted));
            }
        }
        return endings;
    }

    @Override
    public String toString() {
        return command + (done ? " done" : " undone");
    }
}
