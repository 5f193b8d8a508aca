package io.mainstay.engine;

import io.mainstay.core.EngineException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the broker, checks that the log was made for this number of shards, starts the shards, and then keeps their
 * snapshots, all on one thread.
 */
final class EngineBoot implements Runnable {
    private static final Logger LOG = Logger.getLogger(EngineBoot.class.getName());
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final Engine engine;
    private final EngineConfig config;
    private final LogConnections connections;
    private final SnapshotKeeper snapshots;
    private final ThreadFactory threads;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    EngineBoot(
            Engine engine,
            EngineConfig config,
            LogConnections connections,
            SnapshotKeeper snapshots,
            ThreadFactory threads) {
        this.engine = engine;
        this.config = config;
        this.connections = connections;
        this.snapshots = snapshots;
        this.threads = threads;
    }

    void start() {
        thread = threads.newThread(this);
        thread.setName("mainstay-boot");
        thread.start();
    }

    void stop() {
        stopping = true;
        snapshots.stop();
        if (thread != null) {
            LockSupport.unpark(thread);
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void run() {
        String said = "";
        while (!stopping) {
            try {
                begin(new LogSetup(connections.factory()).recordShards(config.shards()));
                return;
            } catch (JMSException | JMSRuntimeException | EngineException notYet) {
                String reason = String.valueOf(notYet.getMessage());
                if (!reason.equals(said)) {
                    LOG.warning(() -> "the engine waits for the broker: " + reason);
                    said = reason;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void begin(int recorded) {
        if (recorded != config.shards()) {
            String refusal =
                    "mainstay.shards is %d, but this log was made with %d shards and stays so: set MAINSTAY_SHARDS=%d"
                            .formatted(config.shards(), recorded, recorded);
            LOG.severe(refusal);
            engine.refuse(refusal);
            return;
        }
        engine.start(threads);
        snapshots.run();
    }
}
