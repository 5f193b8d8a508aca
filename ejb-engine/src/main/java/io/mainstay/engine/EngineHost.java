package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.gateway.ShardOperations;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.AggregateChange;
import io.mainstay.core.replay.LogOperations;
import io.mainstay.core.replay.ReplayCheckpoints;
import io.mainstay.core.replay.ReplayTarget;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.core.replay.ShardLogs;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ShardState;
import io.mainstay.core.snapshot.SnapshotId;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.NullUnmarked;

/**
 * The engine as an enterprise bean: one a server, started with the application and stopped before the broker.
 *
 * <p>Starting waits neither for the broker nor for recovery; until then callers are told that shards are unavailable.
 */
@Singleton
@Startup
@Local({CommandGateway.class, ShardOperations.class, LogOperations.class, ShardLogs.class})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@NullUnmarked // The container sets the fields before it calls a method.
public class EngineHost implements CommandGateway, ShardOperations, LogOperations, ShardLogs {
    @Resource(lookup = "concurrent/shards")
    private ManagedThreadFactory threads;

    @Inject
    private MetricRegistry registry;

    private Engine engine;
    private LogKeeper logKeeper;
    private EngineBoot boot;

    @PostConstruct
    void start() {
        EngineConfig config =
                EngineConfig.from(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
        LogConnections connections = new LogConnections();
        Domains domains = Domains.load(EngineHost.class.getClassLoader());
        FormatSettings.check(config.shard().formats(), domains);
        Path home = Path.of(ConfigProvider.getConfig().getValue("mainstay.home", String.class));
        ArchiveConfig archiving =
                ArchiveConfig.from(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
        IntFunction<ShardFiles> files = IntStream.range(0, config.shards())
                .mapToObj(shard -> ShardFiles.in(home, shard, archiving))
                .toList()::get;
        EngineClock clock = () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        engine = new Engine(
                config,
                domains,
                (shard, wakeUp) -> new LoggedRecovery(
                        new ArtemisWriteAheadLog(connections.factory(), shard, config, wakeUp),
                        shard,
                        files.apply(shard)),
                shard -> files.apply(shard).snapshots(),
                clock,
                new MicroProfileCommandMetrics(registry));
        ShardGauges.register(registry, engine, clock);
        IntFunction<RetainedLog> logs =
                shard -> new ArtemisRetainedLog(connections::factory, shard, archiving.segmentBytes());
        SnapshotKeeper snapshots = new SnapshotKeeper(
                config,
                archiving,
                domains,
                engine::status,
                shard -> files.apply(shard)
                        .with(engine.noted(shard, files.apply(shard).snapshots())),
                logs);
        logKeeper = new LogKeeper(config, domains, engine, snapshots, files, logs);
        boot = new EngineBoot(engine, config, connections, snapshots, threads);
        boot.start();
    }

    @PreDestroy
    void stop() {
        boot.stop();
        engine.stop();
    }

    @Override
    public void submit(CommandRequest request, Reply reply) {
        engine.submit(request, reply);
    }

    @Override
    public <S, R> CompletionStage<Optional<Reading<R>>> read(UUID aggregate, Class<S> stateType, Function<S, R> read) {
        return engine.read(aggregate, stateType, read);
    }

    @Override
    public <S, R> CompletionStage<List<Reading<R>>> readAll(Class<S> stateType, Function<S, R> read) {
        return engine.readAll(stateType, read);
    }

    @Override
    public void pause(int shard, Order order) {
        engine.pause(shard, order);
    }

    @Override
    public void drain(int shard, Order order) {
        engine.drain(shard, order);
    }

    @Override
    public void resume(int shard, Order order) {
        engine.resume(shard, order);
    }

    @Override
    public CompletionStage<SnapshotId> snapshot(int shard, Order order) {
        return logKeeper.snapshot(shard, order);
    }

    @Override
    public CompletionStage<VerifyReport> verify(int shard, Order order) {
        return logKeeper.verify(shard, order);
    }

    @Override
    public CompletionStage<LogPosition> replay(
            int shard, LogPoint from, LogPoint to, ReplayTarget target, ReplayCheckpoints checkpoints, Order order) {
        return logKeeper.replay(shard, from, to, target, checkpoints, order);
    }

    @Override
    public CompletionStage<List<AggregateChange>> changes(int shard, UUID aggregate, LogPoint from, int countMax) {
        return logKeeper.changes(shard, aggregate, from, countMax);
    }

    @Override
    public <S, R> CompletionStage<Reading<R>> readAt(
            int shard, LogPoint point, Class<S> stateType, Function<S, R> read) {
        return logKeeper.readAt(shard, point, stateType, read);
    }

    @Override
    public <R> CompletionStage<Reading<R>> readAt(int shard, LogPoint point, Function<ShardState, R> read) {
        return logKeeper.readAt(shard, point, read);
    }

    @Override
    public ShardLog log(int shard) {
        return logKeeper.log(shard);
    }

    @Override
    public List<ShardStatus> status() {
        return engine.status();
    }
}
