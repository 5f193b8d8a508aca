package io.mainstay.core.replay;

import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.shard.ShardState;
import io.mainstay.core.snapshot.SnapshotId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What an operator does with the logs of this server's shards. Safe for use by many threads; nothing here blocks.
 *
 * <p>One thing is done at a time, and no snapshot is taken meanwhile; the shards go on. The stages fail with {@link
 * io.mainstay.core.EngineException}: RETRY if too many things wait or the server stops, DEGRADED if it cannot be done. Each
 * order is logged with the one who gave it; a number without a shard throws {@link IllegalArgumentException}.
 */
public interface LogOperations {
    /** Takes a snapshot now, and lets the log go that is not needed any more. */
    CompletionStage<SnapshotId> snapshot(int shard, Order order);

    /**
     * Verifies archive, log and snapshots, and that the state of the live shard is what the log says. The shard is held for
     * as long as hashing its state takes.
     */
    CompletionStage<VerifyReport> verify(int shard, Order order);

    /**
     * Feeds a range of the log to a target, from its last checkpoint to the end of the range or of the log, waiting while
     * the target has no room.
     *
     * @return the position that the target has come to
     */
    CompletionStage<LogPosition> replay(
            int shard, LogPoint from, LogPoint to, ReplayTarget target, ReplayCheckpoints checkpoints, Order order);

    /**
     * What changed an aggregate, oldest first: why it is as it is. Reads the log from there on, which takes its time.
     *
     * @param shard that holds the aggregate
     * @param countMax changes that are looked for
     */
    CompletionStage<List<AggregateChange>> changes(int shard, UUID aggregate, LogPoint from, int countMax);

    /**
     * Reads a state as it was before the first command at or behind the point. {@code read} runs on another thread; the
     * state is made for it alone, so it may be kept.
     */
    <S, R> CompletionStage<Reading<R>> readAt(int shard, LogPoint point, Class<S> stateType, Function<S, R> read);

    /** The same with the states of all domains. */
    <R> CompletionStage<Reading<R>> readAt(int shard, LogPoint point, Function<ShardState, R> read);
}
