package io.mainstay.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of the projection by their keys: those that are asked for most, until the projection changes them or they are too old.
 *
 * <p>A row is answered with positions at which it is right. It was right where it was read; and where the commits that this
 * server has seen since then join up with that, it still is, because a commit throws out what it has changed before it counts
 * as seen. A reading that began before such a commit and comes to be kept after it is turned away by the mark that the commit
 * has left.
 */
final class RowCache {
    private final Cache<RowKey, Kept> rows;
    private final SeenCommits seen = new SeenCommits();
    private final ChangeMarks marks = new ChangeMarks();
    private final Ticker ticker;
    private final long staleNanosMax;

    RowCache(CacheConfig config, Ticker ticker) {
        this.ticker = ticker;
        this.staleNanosMax = config.staleMax().toNanos();
        this.rows = Caffeine.newBuilder()
                .maximumSize(config.rowsMax())
                .expireAfterWrite(config.staleMax())
                .ticker(ticker)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** The time that readings are kept by. */
    long nowNanos() {
        return ticker.read();
    }

    /** The row that a query finds, if it is kept, with positions at which it is right. */
    Optional<Search> find(RowQuery query, Call call) {
        Optional<List<Object>> key = query.key(call);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        // Before the row: what is thrown out later than this was right up to here.
        Map<Integer, SeenCommits.Range> ranges = seen.ranges();
        Kept kept = rows.getIfPresent(new RowKey(query.table().name(), key.get()));
        if (kept == null || !kept.question.equals(Question.of(query, call)) || isStale(kept)) {
            return Optional.empty();
        }
        return Optional.of(new Search(Optional.of(kept.row), SeenCommits.extend(kept.projected, ranges)));
    }

    /**
     * Keeps a row that was found; what was not found is not kept.
     *
     * @param readNanos when the reading began
     */
    void keep(RowQuery query, Call call, Search search, long readNanos) {
        if (search.row().isEmpty() || query.key(call).isEmpty()) {
            return;
        }
        RowKey key = new RowKey(query.table().name(), query.key(call).get());
        Kept fresh = new Kept(search.row().get(), search.projected(), Question.of(query, call), readNanos);
        rows.asMap()
                .compute(
                        key,
                        (same, kept) -> marks.areCovered(key, fresh.projected)
                                        && (kept == null || kept.readNanos - readNanos <= 0)
                                ? fresh
                                : kept);
    }

    /** The projection has committed: rows that it changed are forgotten, all others are right up to there. */
    void committed(ProjectedRows projected) {
        for (Row row : projected.rows()) {
            RowKey key = new RowKey(row.table().name(), row.key());
            marks.mark(key, projected.shard(), projected.nextOffset());
            rows.invalidate(key);
        }
        seen.add(projected.shard(), projected.firstOffset(), projected.nextOffset());
    }

    /** Rows that are kept, about. */
    long count() {
        return rows.estimatedSize();
    }

    /** Rows that were given up for others, or because of their age. */
    long evictions() {
        return rows.stats().evictionCount();
    }

    private boolean isStale(Kept kept) {
        return ticker.read() - kept.readNanos >= staleNanosMax;
    }

    /** Told from others by all of its values. */
    private record RowKey(String table, List<Object> key) {}

    /** A row is shown to those alone who ask as the first one did: of the same tenant, by the same conditions. */
    private record Question(String tenant, String sql, List<Object> conditions) {
        static Question of(RowQuery query, Call call) {
            return new Question(call.tenant(), query.sql(), query.conditions(call));
        }
    }

    private record Kept(Row row, Projected projected, Question question, long readNanos) {}
}
