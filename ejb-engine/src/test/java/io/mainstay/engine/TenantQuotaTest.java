package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.gateway.Stage;
import io.mainstay.core.quota.TenantQuota;
import io.mainstay.core.quota.TenantQuotas;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.engine.MeterDomain.Count;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas on a real engine: over its shards and over a restart. */
final class TenantQuotaTest {
    private static final int SHARDS = 2;
    private static final long SERVING_NANOS_MAX = Duration.ofSeconds(30).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final EngineConfig CONFIG = new EngineConfig(
            SHARDS,
            1024,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            new SnapshotSchedule(Duration.ofDays(1), 1_000_000),
            ShardConfig.DEFAULT,
            Map.of(),
            new TenantQuotas(
                    TenantQuota.NONE,
                    Map.of("hasty", new TenantQuota(10, 5, 0), "collector", new TenantQuota(0, 1, 3))));

    @TempDir
    private Path directory;

    private final AtomicLong nowMicros = new AtomicLong(1_700_000_000_000_000L);
    private LocalBroker broker;
    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(directory, SHARDS);
        engine = startEngine();
    }

    @AfterEach
    void stop() throws Exception {
        engine.stop();
        broker.close();
    }

    @Test
    void deniesWhatATenantAsksTooOften() throws Exception {
        UUID meter = UUID.randomUUID();
        assertThat(submit(Count.first("hasty", meter))).isInstanceOf(Outcome.Accepted.class);
        for (int left = 4; left > 0; left--) {
            assertThat(submit(Count.again("hasty", meter))).isInstanceOf(Outcome.Accepted.class);
        }
        assertDenied(submit(Count.again("hasty", meter)), 101);
        nowMicros.addAndGet(100_000);
        assertThat(submit(Count.again("hasty", meter))).isInstanceOf(Outcome.Accepted.class);
        assertDenied(submit(Count.again("hasty", meter)), 101);
    }

    @Test
    void deniesWhatATenantStoresTooMuch() throws Exception {
        UUID key = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        assertThat(submit(Count.first("collector", first), key)).isInstanceOf(Outcome.Accepted.class);
        for (int left = 2; left > 0; left--) {
            assertThat(submit(Count.first("collector", UUID.randomUUID()))).isInstanceOf(Outcome.Accepted.class);
        }
        assertDenied(submit(Count.first("collector", UUID.randomUUID())), 60_000);
        engine.stop();
        engine = startEngine();
        assertDenied(submit(Count.first("collector", UUID.randomUUID())), 60_000);
        assertThat(submit(Count.first("collector", first), key))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        again -> assertThat(again.repeated()).isTrue());
        assertThat(submit(Count.again("collector", first))).isInstanceOf(Outcome.Accepted.class);
        assertThat(submit(Count.first("another", UUID.randomUUID()))).isInstanceOf(Outcome.Accepted.class);
    }

    private static void assertDenied(Outcome outcome, int retryAfterMillis) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Denied.class, denied -> {
            assertThat(denied.stage()).isEqualTo(Stage.POLICY);
            assertThat(denied.rejection().code()).isEqualTo("quota-exceeded");
            assertThat(denied.retryAfterMillis()).isEqualTo(retryAfterMillis);
        });
    }

    private Outcome submit(Count command) throws Exception {
        return submit(command, UUID.randomUUID());
    }

    private Outcome submit(Count command, UUID key) throws Exception {
        return engine.submit(CommandRequest.of(command, key))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private Engine startEngine() {
        Engine fresh = new Engine(
                CONFIG,
                new Domains(List.of(new MeterDomain())),
                (shard, wakeUp) -> new ArtemisWriteAheadLog(broker.connections(), shard, CONFIG, wakeUp),
                shard -> ShardFiles.in(directory, shard).snapshots(),
                nowMicros::get,
                command -> outcome -> {});
        fresh.start(Thread::new);
        long untilNanos = System.nanoTime() + SERVING_NANOS_MAX;
        while (fresh.status().stream().anyMatch(shard -> shard.phase() != Phase.SERVING)) {
            assertThat(System.nanoTime())
                    .as("serving in time: %s", fresh.status())
                    .isLessThan(untilNanos);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return fresh;
    }
}
