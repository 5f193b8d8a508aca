package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.shard.Durability;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.verification.simulation.Reference.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was answered is there after every crash, and still means the same; but of a shard that answers before the sync the
 * newest entries may be gone, as many as its bound allows and none that was answered behind an older one than it allows.
 */
final class LossIsWithinTheBound implements Invariant {
    /** By shard, since its log was read last. */
    private final Map<Integer, List<Answer>> answers = new HashMap<>();

    @Override
    public void answered(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Decided decided) {
            SimulatedShard shard = call.node().shards().get(decided.shard());
            checkCount(shard);
            if (!decided.repeated()) {
                checkAge(shard);
            }
            answers.computeIfAbsent(shard.number(), first -> new ArrayList<>())
                    .add(new Answer(
                            decided.offset(),
                            shard.reference().finalOffset(decided.offset()),
                            shard.reference().told(decided.offset(), shard.executedBefore())));
        }
    }

    @Override
    public void read(Reading reading) {
        checkCount(reading.shard());
    }

    @Override
    public void recovered(SimulatedShard shard) {
        List<Answer> before = answers.remove(shard.number());
        if (before == null) {
            return;
        }
        long durable = shard.executedBefore();
        for (Answer answer : before) {
            if (answer.finalOffset() < durable
                    && !answer.result().equals(shard.storage().reference().told(answer.offset()))) {
                throw broken(
                        "offset %d of shard %d was answered as %s, and is now %s",
                        answer.offset(),
                        shard.number(),
                        answer.result(),
                        shard.storage().reference().told(answer.offset()));
            }
        }
        long lost = before.stream()
                .mapToLong(Answer::finalOffset)
                .filter(offset -> offset >= durable)
                .distinct()
                .count();
        if (lost > countMax(shard.durability())) {
            throw broken("shard %d under %s lost %d answered commands", shard.number(), shard.durability(), lost);
        }
    }

    private void checkCount(SimulatedShard shard) {
        long durable = shard.storage().log().history().offset();
        long ahead = shard.executedBefore() - durable;
        if (ahead > countMax(shard.durability())) {
            throw broken("shard %d under %s is %d entries ahead of its log", shard.number(), shard.durability(), ahead);
        }
    }

    private void checkAge(SimulatedShard shard) {
        long durable = shard.storage().log().history().offset();
        if (shard.executedBefore() > durable && shard.durability() instanceof Async(var countMax, var microsMax)) {
            long ageMicros = shard.nowMicros() - shard.history().entry(durable).timestampMicros();
            if (ageMicros > microsMax) {
                throw broken(
                        "shard %d answers with an entry of %d microseconds that is not durable, bound %d",
                        shard.number(), ageMicros, microsMax);
            }
        }
    }

    private static long countMax(Durability durability) {
        return durability instanceof Async(var countMax, var microsMax) ? countMax : 0;
    }

    /**
     * What a caller was told.
     *
     * @param finalOffset of the entry that made it final
     */
    private record Answer(long offset, long finalOffset, Result result) {}
}
