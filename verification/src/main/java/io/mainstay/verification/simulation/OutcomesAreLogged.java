package io.mainstay.verification.simulation;

import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.verification.simulation.Reference.Result;
import java.util.List;

/** The log tells of every command what became of it, and tells the truth; when all is quiet it tells of all. */
final class OutcomesAreLogged implements Invariant {
    @Override
    public void ended(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            History history = shard.storage().log().history();
            List<LoggedOutcome> outcomes = history.outcomes();
            if (shard.phase() == SimulatedShard.Phase.SERVING && outcomes.size() != history.offset()) {
                throw broken(
                        "shard %d is idle, but its log tells outcomes up to %d of %d",
                        shard.number(), outcomes.size(), history.offset());
            }
            for (int offset = 0; offset < outcomes.size(); offset++) {
                Result expected = shard.storage().reference().result(offset);
                if (!agree(outcomes.get(offset), expected)) {
                    throw broken(
                            "the log of shard %d tells %s at offset %d, expected %s",
                            shard.number(), outcomes.get(offset), offset, expected);
                }
            }
        }
    }

    private static boolean agree(LoggedOutcome logged, Result expected) {
        return switch (logged) {
            case LoggedOutcome.Accepted accepted ->
                expected instanceof Result.Accepted(var version, var events, var messages, var skips)
                        && version == accepted.version()
                        && events.equals(Plain.events(accepted.events()))
                        && messages.equals(Plain.messages(accepted.messages()));
            case LoggedOutcome.Rejected rejected ->
                expected instanceof Result.Rejected(var version, var code)
                        && version == rejected.version()
                        && code.equals(rejected.rejection().code());
            case LoggedOutcome.Repeated(var original) -> expected.equals(new Result.Repeated(original));
            case LoggedOutcome.KeyReused(var original) -> expected.equals(new Result.KeyReused(original));
            case LoggedOutcome.Recorded() -> expected instanceof Result.Recorded;
        };
    }
}
