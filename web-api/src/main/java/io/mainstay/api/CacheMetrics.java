package io.mainstay.api;

import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/** The figures of the rows in memory, in the server's metric registry. */
final class CacheMetrics {
    private final MetricRegistry registry;

    CacheMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    void register(CacheFigures figures, RowCache cache) {
        registry.gauge(
                named("hit_ratio", "Reads by key answered from memory, 0 to 1"), figures, CacheFigures::hitRatio);
        registry.gauge(named("hits", "Reads by key answered from memory"), figures, CacheFigures::hits);
        registry.gauge(named("misses", "Reads by key whose row was not in memory"), figures, CacheFigures::misses);
        registry.gauge(
                named("bypasses", "Reads by key whose row in memory was older than wanted"),
                figures,
                CacheFigures::bypasses);
        registry.gauge(named("rows", "Rows in memory"), cache, RowCache::count);
        registry.gauge(named("evictions", "Rows given up for others or for their age"), cache, RowCache::evictions);
    }

    private static Metadata named(String name, String description) {
        return Metadata.builder()
                .withName("mainstay_cache_" + name)
                .withDescription(description)
                .withUnit(MetricUnits.NONE)
                .build();
    }
}
