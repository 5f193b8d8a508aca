package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.ShardStatus;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What each shard is doing, as gauges. */
final class ShardGauges {
    private final MetricRegistry registry;
    private final CommandGateway gateway;

    private ShardGauges(MetricRegistry registry, CommandGateway gateway) {
        this.registry = registry;
        this.gateway = gateway;
    }

    static void register(MetricRegistry registry, CommandGateway gateway, EngineClock clock) {
        ShardGauges gauges = new ShardGauges(registry, gateway);
        gauges.add("mailbox_depth", "Submissions that wait", ShardStatus::mailboxDepth);
        gauges.add("in_flight", "Batches not yet durable", ShardStatus::inFlight);
        gauges.add("next_offset", "Commands executed", ShardStatus::nextOffset);
        gauges.add("serving", "1 while the shard serves", status -> is(status, ShardStatus.Phase.SERVING));
        gauges.add(
                "paused",
                "1 while an operator keeps commands out",
                status -> status.phase().isRunning() ? 1 - is(status, ShardStatus.Phase.SERVING) : 0);
        gauges.add(
                "oldest_unanswered_microseconds",
                "How long the oldest of all that waits has waited, at most",
                status -> status.load().oldestMicros());
        gauges.add(
                "last_sync_duration_microseconds",
                "Time that the last durable append took",
                status ->
                        status.lastSync().map(ShardStatus.Sync::durationMicros).orElse(0L));
        gauges.add(
                "last_sync_age_seconds",
                "Time since an append became durable, -1 if none did",
                status -> status.lastSync()
                        .map(sync -> seconds(clock.nowMicros() - sync.atMicros()))
                        .orElse(-1L));
        gauges.add(
                "last_snapshot_offset",
                "Commands in the newest snapshot, -1 if there is none",
                status ->
                        status.lastSnapshot().map(ShardStatus.Snapshot::offset).orElse(-1L));
        gauges.add(
                "last_snapshot_age_seconds",
                "Time since the newest snapshot was taken or, at the start, found; -1 if there is none",
                status -> status.lastSnapshot()
                        .map(snapshot -> seconds(clock.nowMicros() - snapshot.atMicros()))
                        .orElse(-1L));
        gauges.add("replayed", "Commands read back by the last recovery", ShardStatus::replayed);
        gauges.add(
                "replay_per_second",
                "Commands a second of the last recovery",
                status -> status.replay().perSecond());
    }

    private void add(String name, String description, ToLongFunction<ShardStatus> value) {
        for (ShardStatus status : gateway.status()) {
            int shard = status.shard();
            registry.gauge(
                    Metadata.builder()
                            .withName("mainstay_shard_" + name)
                            .withDescription(description)
                            .build(),
                    gateway,
                    engine -> value.applyAsLong(engine.status().get(shard)),
                    new Tag("shard", String.valueOf(shard)));
        }
    }

    private static long is(ShardStatus status, ShardStatus.Phase phase) {
        return status.phase() == phase ? 1 : 0;
    }

    private static long seconds(long micros) {
        return Math.max(0, micros) / 1_000_000;
    }
}
