package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.AggregateChange;
import io.mainstay.core.replay.CompactedCommand;
import io.mainstay.core.replay.CompactedRange;
import io.mainstay.core.replay.FrameSink;
import io.mainstay.core.replay.LogArchive;
import io.mainstay.core.replay.LogOperations;
import io.mainstay.core.replay.PointInTime;
import io.mainstay.core.replay.ReplayCheckpoints;
import io.mainstay.core.replay.ReplayProgress;
import io.mainstay.core.replay.ReplayTarget;
import io.mainstay.core.replay.ShardLogs;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardState;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** Frames in memory that states are replayed from, by the engine's own replay. */
final class ReplayedLogs implements LogOperations, ShardLogs {
    private final Domains domains;
    private final Map<Integer, List<byte[]>> frames = new ConcurrentHashMap<>();

    ReplayedLogs(Domains domains) {
        this.domains = domains;
    }

    void add(int shard, byte[] frame) {
        frames.computeIfAbsent(shard, fresh -> new CopyOnWriteArrayList<>()).add(frame);
    }

    @Override
    public io.mainstay.core.replay.ShardLog log(int shard) {
        return new io.mainstay.core.replay.ShardLog(shard, new NoArchive(), new Live(shard));
    }

    @Override
    public <S, R> CompletionStage<Reading<R>> readAt(
            int shard, LogPoint point, Class<S> stateType, Function<S, R> read) {
        return readAt(shard, point, state -> read.apply(state.of(stateType)));
    }

    @Override
    public <R> CompletionStage<Reading<R>> readAt(int shard, LogPoint point, Function<ShardState, R> read) {
        return CompletableFuture.supplyAsync(() -> {
            ReplayedShard replayed = new PointInTime(
                            log(shard), ShardConfig.DEFAULT, domains, new NoSnapshots(), ReplayProgress.NONE)
                    .at(point);
            return new Reading<>(shard, replayed.executedBefore(), read.apply(replayed.state()));
        });
    }

    @Override
    public CompletionStage<SnapshotId> snapshot(int shard, Order order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<VerifyReport> verify(int shard, Order order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<LogPosition> replay(
            int shard, LogPoint from, LogPoint to, ReplayTarget target, ReplayCheckpoints checkpoints, Order order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<AggregateChange>> changes(int shard, UUID aggregate, LogPoint from, int countMax) {
        throw new UnsupportedOperationException();
    }

    private final class Live implements RetainedLog {
        private final int shard;

        Live(int shard) {
            this.shard = shard;
        }

        @Override
        public void read(Consumer<byte[]> each) {
            frames.getOrDefault(shard, List.of()).forEach(each);
        }

        @Override
        public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoArchive implements LogArchive {
        @Override
        public LogPosition begin() {
            return LogPosition.START;
        }

        @Override
        public LogPosition end() {
            return LogPosition.START;
        }

        @Override
        public Optional<CompactedRange> compacted() {
            return Optional.empty();
        }

        @Override
        public void readCompacted(Consumer<CompactedCommand> commands) {}

        @Override
        public LogPosition seek(LogPoint point) {
            return LogPosition.START;
        }

        @Override
        public void read(long fromSequence, FrameSink each) {}
    }

    private static final class NoSnapshots implements SnapshotStore {
        @Override
        public List<SnapshotId> list() {
            return List.of();
        }

        @Override
        public void write(SnapshotId id, Consumer<SnapshotSink> content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void read(SnapshotId id, Consumer<byte[]> chunks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retain(int newest) {}
    }
}
