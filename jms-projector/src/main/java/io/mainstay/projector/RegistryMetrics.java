package io.mainstay.projector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** The projector's figures in the server's metric registry, one series a shard. */
final class RegistryMetrics implements ProjectionMetrics {
    private final MetricRegistry registry;
    private final Map<Integer, ShardMetrics> shards = new ConcurrentHashMap<>();

    RegistryMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void projected(int shard, int rows, long executedBefore, Duration transaction) {
        ShardMetrics metrics = of(shard);
        metrics.frames.inc();
        metrics.rows.inc(rows);
        metrics.transaction.update(transaction);
        metrics.nextOffset.set(executedBefore);
    }

    @Override
    public void skipped(int shard) {
        of(shard).skipped.inc();
    }

    @Override
    public void orphaned(int shard) {
        of(shard).orphans.inc();
    }

    @Override
    public void retried(int shard) {
        of(shard).retries.inc();
    }

    @Override
    public void damaged(int shard) {
        of(shard).damaged.set(1);
    }

    private ShardMetrics of(int shard) {
        return shards.computeIfAbsent(shard, fresh -> new ShardMetrics(registry, fresh));
    }

    private static final class ShardMetrics {
        private final Counter frames;
        private final Counter rows;
        private final Counter skipped;
        private final Counter orphans;
        private final Counter retries;
        private final Timer transaction;
        private final AtomicLong nextOffset;
        private final AtomicLong damaged;

        ShardMetrics(MetricRegistry registry, int shard) {
            Tag tag = new Tag("shard", Integer.toString(shard));
            frames = registry.counter(named("frames", "Frames projected"), tag);
            rows = registry.counter(named("rows", "Rows inserted or updated"), tag);
            skipped = registry.counter(named("skipped", "Frames delivered again and skipped"), tag);
            orphans = registry.counter(named("orphans", "Frames of failed appends, passed over"), tag);
            retries = registry.counter(named("retries", "Transactions that the database refused"), tag);
            transaction = registry.timer(named("transaction", "Time of a frame's transaction"), tag);
            nextOffset = gauge(registry, "next_offset", "All outcomes below this offset are projected", tag);
            damaged = gauge(registry, "damaged", "1 if the shard's projection has stopped for a damage", tag);
        }

        private static AtomicLong gauge(MetricRegistry registry, String name, String description, Tag tag) {
            AtomicLong value = new AtomicLong();
            registry.gauge(named(name, description), value, AtomicLong::get, tag);
            return value;
        }

        private static Metadata named(String name, String description) {
            return Metadata.builder()
                    .withName("mainstay_projection_" + name)
                    .withDescription(description)
                    .withUnit(MetricUnits.NONE)
                    .build();
        }
    }
}
