package io.mainstay.projector;

import io.mainstay.core.reconcile.ReconcileReport.ShardReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** What the comparisons found, in the server's metric registry. */
final class RegistryReconcileMetrics implements ReconcileMetrics {
    private final MetricRegistry registry;
    private final LongSupplier nanos;
    private final AtomicLong lastNanos;
    private final Map<Integer, ShardFigures> shards = new ConcurrentHashMap<>();

    RegistryReconcileMetrics(MetricRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
        this.lastNanos = new AtomicLong(nanos.getAsLong());
        registry.gauge(
                named("age_seconds", "Time since all shards were compared; counts from the start at first"),
                this,
                RegistryReconcileMetrics::ageSeconds);
    }

    @Override
    public void compared(ShardReport report) {
        ShardFigures figures = shards.computeIfAbsent(report.shard(), fresh -> new ShardFigures(registry, fresh));
        figures.rows.set(report.rowCount());
        figures.differences.set(report.differenceCount());
        figures.offset.set(report.offset());
    }

    @Override
    public void ended(boolean allShards, long differenceCount) {
        if (allShards) {
            lastNanos.set(nanos.getAsLong());
        }
        count(differenceCount == 0 ? "equal" : "different");
    }

    @Override
    public void failed() {
        count("failed");
    }

    private void count(String outcome) {
        registry.counter(named("runs", "Comparisons by their outcome"), new Tag("outcome", outcome))
                .inc();
    }

    private long ageSeconds() {
        return Duration.ofNanos(nanos.getAsLong() - lastNanos.get()).toSeconds();
    }

    private static Metadata named(String name, String description) {
        return Metadata.builder()
                .withName("mainstay_reconcile_" + name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }

    private static final class ShardFigures {
        private final AtomicLong rows;
        private final AtomicLong differences;
        private final AtomicLong offset;

        ShardFigures(MetricRegistry registry, int shard) {
            Tag tag = new Tag("shard", Integer.toString(shard));
            rows = gauge(registry, "rows", "Rows that were compared last", tag);
            differences = gauge(registry, "differences", "Differences that were found last", tag);
            offset = gauge(registry, "offset", "Where engine and database were compared last", tag);
        }

        private static AtomicLong gauge(MetricRegistry registry, String name, String description, Tag tag) {
            AtomicLong value = new AtomicLong();
            registry.gauge(named(name, description), value, AtomicLong::get, tag);
            return value;
        }
    }
}
