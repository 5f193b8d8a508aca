package io.mainstay.engine;

import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.ShardStatus;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What each shard is doing, as gauges. */
final class ShardGauges {
    private ShardGauges() {}

    static void register(MetricRegistry registry, CommandGateway gateway) {
        for (ShardStatus shard : gateway.status()) {
            gauge(
                    registry,
                    gateway,
                    shard.shard(),
                    "mailbox_depth",
                    "Submissions that wait",
                    ShardStatus::mailboxDepth);
            gauge(registry, gateway, shard.shard(), "in_flight", "Batches not yet durable", ShardStatus::inFlight);
            gauge(registry, gateway, shard.shard(), "next_offset", "Commands executed", ShardStatus::nextOffset);
            gauge(
                    registry,
                    gateway,
                    shard.shard(),
                    "serving",
                    "1 while the shard serves",
                    status -> status.phase() == ShardStatus.Phase.SERVING ? 1 : 0);
        }
    }

    private static void gauge(
            MetricRegistry registry,
            CommandGateway gateway,
            int shard,
            String name,
            String description,
            ToLongFunction<ShardStatus> value) {
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
