package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.shard.Submission.StateAt;

/** A rule that holds in every run. It is told what happens, and throws {@link InvariantBroken}. */
interface Invariant {
    /** A shard has come back from its log and serves. */
    default void recovered(SimulatedShard shard) {}

    /** A shard has done something: executed, appended or answered. */
    default void polled(SimulatedShard shard) {}

    /** A client asks. */
    default void submitted(Call call) {}

    /** A caller got an answer; it is not yet noted in the call. */
    default void answered(Call call, Outcome outcome) {}

    /** A caller was told that his command has begun on several shards; the answer comes later. */
    default void begun(Call call, Outcome.Begun begun) {}

    default void read(Reading reading) {}

    /** A shard told the hash of its state. */
    default void hashed(SimulatedShard shard, StateAt state) {}

    /** A second memory of a shard was built from its snapshot and log. */
    default void replicated(SimulatedShard shard, ShardReplica replica) {}

    /** A shard will not serve again. */
    default void stopped(SimulatedShard shard, EngineException reason) {}

    /** Now and then: the node that serves, in the midst of its work. */
    default void looked(SimulatedNode node) {}

    /** All work is done and nothing waits. */
    default void ended(SimulatedNode node) {}

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is not in the JDK.
    default InvariantBroken broken(String message, Object... values) {
        return new InvariantBroken(getClass().getSimpleName(), message.formatted(values));
    }
}
