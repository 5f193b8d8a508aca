package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.AggregateChange;
import io.mainstay.core.replay.AggregateHistory;
import io.mainstay.core.replay.LogOperations;
import io.mainstay.core.replay.LogVerifier;
import io.mainstay.core.replay.PointInTime;
import io.mainstay.core.replay.ReplayCheckpoints;
import io.mainstay.core.replay.ReplayProgress;
import io.mainstay.core.replay.ReplayTarget;
import io.mainstay.core.replay.Replayer;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.core.replay.ShardLogs;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardState;
import io.mainstay.core.snapshot.SnapshotId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.logging.Logger;

/** Does what operators order with the shards' logs, on the thread that takes the snapshots. */
final class LogKeeper implements LogOperations, ShardLogs {
    private static final Logger LOG = Logger.getLogger(LogKeeper.class.getName());
    private static final long WAITING_NANOS = Duration.ofMillis(20).toNanos();

    private final EngineConfig config;
    private final Domains domains;
    private final Engine engine;
    private final SnapshotKeeper keeper;
    private final IntFunction<ShardFiles> files;
    private final IntFunction<RetainedLog> logs;

    LogKeeper(
            EngineConfig config,
            Domains domains,
            Engine engine,
            SnapshotKeeper keeper,
            IntFunction<ShardFiles> files,
            IntFunction<RetainedLog> logs) {
        this.config = config;
        this.domains = domains;
        this.engine = engine;
        this.keeper = keeper;
        this.files = files;
        this.logs = logs;
    }

    @Override
    public CompletionStage<SnapshotId> snapshot(int shard, Order order) {
        note("snapshot", shard, order);
        return keeper.request(shard);
    }

    @Override
    public CompletionStage<VerifyReport> verify(int shard, Order order) {
        note("verify", shard, order);
        return engine.stateAt(shard)
                .handle((state, notServing) -> Optional.ofNullable(state))
                .thenCompose(live -> keeper.ask(() -> new LogVerifier(
                                log(shard),
                                config.shard(shard),
                                domains,
                                files.apply(shard).snapshots(),
                                progress(shard))
                        .verify(live)));
    }

    @Override
    public CompletionStage<LogPosition> replay(
            int shard, LogPoint from, LogPoint to, ReplayTarget target, ReplayCheckpoints checkpoints, Order order) {
        note("replay from " + from + " to " + to, shard, order);
        return keeper.ask(() -> {
            Replayer replayer = new Replayer(log(shard), from, to, target, checkpoints, progress(shard));
            while (replayer.run() == Replayer.State.WAITING) {
                refuseIfStopping(shard);
                LockSupport.parkNanos(WAITING_NANOS);
            }
            return replayer.position();
        });
    }

    @Override
    public <S, R> CompletionStage<Reading<R>> readAt(
            int shard, LogPoint point, Class<S> stateType, Function<S, R> read) {
        return readAt(shard, point, state -> read.apply(state.of(stateType)));
    }

    @Override
    public <R> CompletionStage<Reading<R>> readAt(int shard, LogPoint point, Function<ShardState, R> read) {
        requireShard(shard);
        return keeper.ask(() -> {
            ReplayedShard then = new PointInTime(
                            log(shard),
                            config.shard(shard),
                            domains,
                            files.apply(shard).snapshots(),
                            progress(shard))
                    .at(point);
            return new Reading<>(shard, then.executedBefore(), read.apply(then.state()));
        });
    }

    @Override
    public CompletionStage<List<AggregateChange>> changes(int shard, UUID aggregate, LogPoint from, int countMax) {
        requireShard(shard);
        return keeper.ask(
                () -> new AggregateHistory(log(shard), domains, aggregate, countMax, progress(shard)).from(from));
    }

    @Override
    public ShardLog log(int shard) {
        requireShard(shard);
        return new ShardLog(shard, files.apply(shard).archive(), logs.apply(shard));
    }

    /** Says now and then how far a replay has come, and breaks it off when the server stops. */
    private ReplayProgress progress(int shard) {
        ReplayLogger logger = new ReplayLogger(
                "shard " + shard + " is replayed", files.apply(shard).reached().read(), System::nanoTime, LOG::info);
        return (offset, bytes) -> {
            refuseIfStopping(shard);
            logger.reached(offset, bytes);
        };
    }

    private void refuseIfStopping(int shard) {
        if (keeper.isStopping()) {
            throw new EngineException(Severity.RETRY, "shard " + shard + ": broken off because the server stops");
        }
    }

    private void note(String what, int shard, Order order) {
        requireShard(shard);
        LOG.info(() -> "shard %d: %s, by %s: %s".formatted(shard, what, order.by(), order.reason()));
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= config.shards()) {
            throw new IllegalArgumentException("there is no shard " + shard + ", only 0 to " + (config.shards() - 1));
        }
    }
}
