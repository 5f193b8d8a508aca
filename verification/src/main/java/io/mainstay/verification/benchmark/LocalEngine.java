package io.mainstay.verification.benchmark;

import io.mainstay.broker.EmbeddedBroker;
import io.mainstay.broker.LogConnectionFactory;
import io.mainstay.broker.LogTopology;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.engine.ArtemisRetainedLog;
import io.mainstay.engine.ArtemisWriteAheadLog;
import io.mainstay.engine.Engine;
import io.mainstay.engine.EngineConfig;
import io.mainstay.engine.ShardFiles;
import io.mainstay.engine.SnapshotKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The server's broker, with its own configuration and topology, and engines of the ledger on it. */
final class LocalEngine implements AutoCloseable {
    static final String BROKER_URL = "vm://0";
    private static final Duration SERVING_MAX = Duration.ofMinutes(5);
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final EngineConfig config;
    private final Path directory;
    private final EmbeddedBroker broker;

    private LocalEngine(EngineConfig config, Path directory, EmbeddedBroker broker) {
        this.config = config;
        this.directory = directory;
        this.broker = broker;
    }

    /** Starts the broker alone. The projector's queue goes: nobody would empty it. */
    static LocalEngine start(Path brokerXml, Path directory, EngineConfig config) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(
                brokerXml.toAbsolutePath().normalize().toUri().toString(), directory.resolve("broker"));
        try (ServerLocator locator = ActiveMQClient.createServerLocator(BROKER_URL);
                ClientSessionFactory sessions = locator.createSessionFactory();
                ClientSession session = sessions.createSession()) {
            new LogTopology(config.shards()).ensure(session);
            session.deleteQueue(LogTopology.PROJECTION_QUEUE);
        }
        return new LocalEngine(config, directory, broker);
    }

    static LogConnectionFactory connections() {
        LogConnectionFactory factory = new LogConnectionFactory();
        factory.setUrl(BROKER_URL);
        return factory;
    }

    Engine.Logs logs() {
        return (shard, wakeUp) -> new ArtemisWriteAheadLog(connections(), shard, config, wakeUp);
    }

    /** An engine that serves. */
    Engine serve(UnaryOperator<Engine.Logs> instrument) throws TimeoutException {
        Engine engine = new Engine(
                config,
                Domains.load(LocalEngine.class.getClassLoader()),
                instrument.apply(logs()),
                shard -> files(shard).snapshots(),
                () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                command -> outcome -> {});
        engine.start(Thread::new);
        long untilNanos = System.nanoTime() + SERVING_MAX.toNanos();
        while (engine.status().stream().anyMatch(shard -> shard.phase() != Phase.SERVING)) {
            if (System.nanoTime() > untilNanos) {
                engine.stop();
                throw new TimeoutException("not serving within " + SERVING_MAX + ": " + engine.status());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return engine;
    }

    /** What takes the engine's snapshots and shortens its log; not started. */
    SnapshotKeeper keeper(Engine engine) {
        return new SnapshotKeeper(
                config,
                Domains.load(LocalEngine.class.getClassLoader()),
                engine::status,
                this::files,
                LocalEngine::retained);
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop in order", e);
        }
    }

    private ShardFiles files(int shard) {
        return ShardFiles.in(directory, shard);
    }

    private static RetainedLog retained(int shard) {
        return new ArtemisRetainedLog(LocalEngine::connections, shard);
    }
}
