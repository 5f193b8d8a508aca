package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.shard.ShardConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One tenant floods a shard with more than its mailbox holds, and another one hardly notices. How long that takes is
 * measured in virtual time, by the core's test of fairness, for the clock of a busy machine tells little; here it is counted how
 * many commands of the flood go first.
 */
final class TenantFloodTest {
    private static final int MAILBOX_CAPACITY = 16_384;
    private static final int CALLERS = 20_000;
    private static final int MODEST_COUNT = 500;
    private static final long MODEST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /** What is in flight when a command comes, and its own frame. */
    private static final int GO_FIRST_MAX = (ShardConfig.DEFAULT.batches().inFlightMax() + 1)
            * ShardConfig.DEFAULT.batches().tenantCountMax();

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(directory, 1);
        EngineConfig config = new EngineConfig(
                1,
                MAILBOX_CAPACITY,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                new SnapshotSchedule(Duration.ofDays(1), 1_000_000_000),
                ShardConfig.DEFAULT);
        engine = new Engine(
                config,
                new Domains(List.of(new MeterDomain())),
                (shard, wakeUp) -> new ArtemisWriteAheadLog(broker.connections(), shard, config, wakeUp),
                shard -> ShardFiles.in(directory, shard).snapshots(),
                () -> System.currentTimeMillis() * 1000,
                command -> outcome -> {});
        engine.start(Thread::new);
        while (engine.status().get(0).phase() != Phase.SERVING) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @AfterEach
    void stop() throws Exception {
        engine.stop();
        broker.close();
    }

    @Test
    void oneTenantsFloodLeavesAnotherItsPlace() throws Exception {
        UUID modest = new UUID(0, 1);
        UUID flooding = new UUID(0, 2);
        submit(MeterDomain.Count.first("modest", modest));
        submit(MeterDomain.Count.first("flooding", flooding));
        Flood flood = new Flood(flooding);
        while (flood.overloaded.get() == 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        goFirst(flood, modest);
        long[] goFirst = goFirst(flood, modest);
        flood.end();
        assertThat(goFirst[MODEST_COUNT * 99 / 100])
                .as("commands of the flood that went first, at the 99th of a hundred")
                .isBetween(0L, (long) GO_FIRST_MAX);
        assertThat(flood.answered.get()).isGreaterThan(CALLERS);
    }

    /** In order: of each command, how many of the flood were executed between its coming and its own execution. */
    private long[] goFirst(Flood flood, UUID meter) throws Exception {
        long[] counts = new long[MODEST_COUNT];
        Semaphore answered = new Semaphore(0);
        List<Outcome> refused = new CopyOnWriteArrayList<>();
        for (int index = 0; index < MODEST_COUNT; index++) {
            LockSupport.parkNanos(MODEST_PAUSE_NANOS);
            int number = index;
            long before = flood.answered.get();
            engine.submit(request(MeterDomain.Count.again("modest", meter)), outcome -> {
                counts[number] = flood.answered.get() - before;
                if (!(outcome instanceof Outcome.Accepted)) {
                    refused.add(outcome);
                }
                answered.release();
            });
        }
        assertThat(answered.tryAcquire(MODEST_COUNT, 30, TimeUnit.SECONDS))
                .as("all answered")
                .isTrue();
        assertThat(refused).isEmpty();
        Arrays.sort(counts);
        return counts;
    }

    private void submit(MeterDomain.Count command) throws Exception {
        assertThat(engine.submit(request(command)).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Accepted.class);
    }

    private static CommandRequest request(MeterDomain.Count command) {
        return CommandRequest.of(command, UUID.randomUUID());
    }

    /** Callers each of whom asks again as soon as it is answered. */
    private final class Flood {
        private final Semaphore callers = new Semaphore(CALLERS);
        private final AtomicLong answered = new AtomicLong();
        private final AtomicLong overloaded = new AtomicLong();
        private final Thread thread;
        private volatile boolean stopping;

        Flood(UUID meter) {
            thread = new Thread(() -> run(meter), "flood");
            thread.start();
        }

        private void run(UUID meter) {
            while (!stopping) {
                callers.acquireUninterruptibly();
                long refusals = overloaded.get();
                engine.submit(request(MeterDomain.Count.again("flooding", meter)), outcome -> {
                    if (outcome instanceof Outcome.Overloaded) {
                        overloaded.incrementAndGet();
                    } else {
                        answered.incrementAndGet();
                    }
                    callers.release();
                });
                if (overloaded.get() > refusals) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        void end() throws InterruptedException {
            stopping = true;
            thread.join(10_000);
            assertThat(callers.tryAcquire(CALLERS, 30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
