package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The same position in the log is answered the same, however often it is asked for; a repetition had a first time. */
final class RepeatedAnswersAreEqual implements Invariant {
    private final Map<Position, Outcome.Decided> answers = new HashMap<>();
    private final Set<Position> executed = new HashSet<>();

    /** What did not survive was never answered. */
    @Override
    public void recovered(SimulatedShard shard) {
        answers.keySet().removeIf(position -> position.isLost(shard));
        executed.removeIf(position -> position.isLost(shard));
    }

    @Override
    public void answered(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Decided decided) {
            Position position = new Position(
                    decided.shard(),
                    decided.offset(),
                    call.node().shards().get(decided.shard()).reference().finalOffset(decided.offset()));
            Outcome.Decided before = answers.putIfAbsent(position, asRepeated(decided));
            if (before != null && !before.equals(asRepeated(decided))) {
                throw broken("answered %s before, and now %s", before, decided);
            }
            if (!decided.repeated() && !executed.add(position)) {
                throw broken("answered for the second time, but not as a repetition: %s", decided);
            }
        }
    }

    private static Outcome.Decided asRepeated(Outcome.Decided decided) {
        return switch (decided) {
            case Outcome.Accepted(
                    var shard,
                    var offset,
                    var time,
                    var version,
                    var events,
                    var skipped,
                    var repeated) -> new Outcome.Accepted(shard, offset, time, version, events, skipped, true);
            case Outcome.Rejected(var shard, var offset, var time, var version, var rejection, var repeated) ->
                new Outcome.Rejected(shard, offset, time, version, rejection, true);
        };
    }

    /**
     * Of a command.
     *
     * @param finalOffset of the entry that made the answer final
     */
    private record Position(int shard, long offset, long finalOffset) {
        boolean isLost(SimulatedShard recovered) {
            return shard == recovered.number() && finalOffset >= recovered.executedBefore();
        }
    }
}
