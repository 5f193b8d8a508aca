package io.mainstay.api;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.ProjectionFeed;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Rows of the projection by their keys, from memory where they are as new as they are wanted, else from PostgreSQL. */
@Singleton
final class CachedReads {
    private final ProjectionReads reads;
    private final Optional<RowCache> cache;
    private final CacheFigures figures = new CacheFigures();
    private final ProjectionFeed.Subscription subscription;

    @Inject
    CachedReads(
            ProjectionReads reads,
            @FromServer ProjectionFeed feed,
            @FromServer CacheConfig config,
            @FromServer Domains domains,
            MetricRegistry registry) {
        this(reads, feed, config, lookups(domains), Ticker.systemTicker());
        cache.ifPresent(kept -> new CacheMetrics(registry).register(figures, kept));
    }

    CachedReads(ProjectionReads reads, ProjectionFeed feed, CacheConfig config, List<RowQuery> lookups, Ticker ticker) {
        this.reads = reads;
        this.cache = config.isOn() ? Optional.of(new RowCache(config, lookups, ticker)) : Optional.empty();
        this.subscription = cache.map(
                        kept -> feed.subscribe(rows -> committed(kept, rows), target -> replaced(kept, target)))
                .orElse(() -> {});
    }

    /** The row that meets a query's conditions, if it is in memory and enough. */
    Optional<Search> cached(RowQuery query, Call call, Predicate<Search> enough) {
        if (cache.isEmpty()) {
            return Optional.empty();
        }
        Optional<Search> found = cache.get().find(query, call);
        if (found.isEmpty()) {
            figures.miss();
            return found;
        }
        if (!enough.test(found.get())) {
            figures.bypass();
            return Optional.empty();
        }
        figures.hit();
        return found;
    }

    /** The row that meets a query's conditions, from PostgreSQL; see {@link ProjectionReads#search}. */
    Search search(String subject, RowQuery query, Call call) {
        if (cache.isEmpty()) {
            return reads.search(subject, query, call);
        }
        long readNanos = cache.get().nowNanos();
        Search search = reads.search(subject, query, call);
        cache.get().keep(query, call, search, readNanos);
        return search;
    }

    CacheFigures figures() {
        return figures;
    }

    @PreDestroy
    void stop() {
        subscription.close();
    }

    private static List<RowQuery> lookups(Domains domains) {
        return domains.all().stream()
                .<Read<?>>flatMap(domain -> domain.access().reads().stream())
                .filter(Read.Lookup.class::isInstance)
                .map(read -> (Read.Lookup<?>) read)
                .map(lookup -> RowQuery.of(lookup.table(), lookup.conditions()))
                .toList();
    }

    private static void replaced(RowCache cache, String target) {
        if (target.equals(ProjectionReads.TARGET)) {
            cache.forget();
        }
    }

    private static void committed(RowCache cache, ProjectedRows rows) {
        if (rows.target().equals(ProjectionReads.TARGET)) {
            cache.committed(rows);
        }
    }
}
