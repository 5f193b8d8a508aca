package io.mainstay.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    /** By the names of tables, what of their rows' keys is asked for. Changes always state all of a key. */
    private final Map<String, List<KeyColumns>> keys;

    private final SeenCommits seen = new SeenCommits();
    private final ChangeMarks marks = new ChangeMarks();
    private final Ticker ticker;
    private final long staleNanosMax;

    /**
     * For the answers to these queries; each asks for one row, by all of its key or by a part.
     */
    RowCache(CacheConfig config, List<RowQuery> queries, Ticker ticker) {
        this.ticker = ticker;
        this.staleNanosMax = config.staleMax().toNanos();
        this.keys = queries.stream()
                .map(KeyColumns::of)
                .filter(columns -> !columns.columns.isEmpty())
                .distinct()
                .collect(Collectors.groupingBy(KeyColumns::table));
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
        Optional<RowKey> key = key(query, call);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        // Before the row: what is thrown out later than this was right up to here.
        Map<Integer, SeenCommits.Range> ranges = seen.ranges();
        Kept kept = rows.getIfPresent(key.get());
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
        Optional<RowKey> found = key(query, call);
        if (search.row().isEmpty() || found.isEmpty()) {
            return;
        }
        RowKey key = found.get();
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
            for (KeyColumns columns : keys.getOrDefault(row.table().name(), List.of())) {
                RowKey key = columns.of(row);
                marks.mark(key, projected.shard(), projected.nextOffset());
                rows.invalidate(key);
            }
        }
        seen.add(projected.shard(), projected.firstOffset(), projected.nextOffset());
    }

    /** Rows were changed in ways that nobody has told: none is kept, and no reading from before is taken for a newer one. */
    void forget() {
        seen.forget();
        rows.invalidateAll();
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

    private Optional<RowKey> key(RowQuery query, Call call) {
        KeyColumns columns = KeyColumns.of(query);
        return keys.getOrDefault(columns.table, List.of()).contains(columns)
                ? Optional.of(columns.of(query, call))
                : Optional.empty();
    }

    /** Columns of a table's key by which rows are asked for. */
    private record KeyColumns(String table, List<Column<?>> columns) {
        static KeyColumns of(RowQuery query) {
            return new KeyColumns(query.table().name(), query.keyColumns());
        }

        RowKey of(Row row) {
            return new RowKey(this, columns.stream().<Object>map(row::get).toList());
        }

        RowKey of(RowQuery query, Call call) {
            return new RowKey(
                    this,
                    columns.stream()
                            .map(column -> query.condition(column).value().apply(call))
                            .toList());
        }
    }

    private record RowKey(KeyColumns columns, List<Object> values) {}

    /** A row is shown to those alone who ask as the first one did: of the same tenant, by the same conditions. */
    private record Question(String tenant, String sql, List<Object> conditions) {
        static Question of(RowQuery query, Call call) {
            return new Question(call.tenant(), query.sql(), query.conditions(call));
        }
    }

    private record Kept(Row row, Projected projected, Question question, long readNanos) {}
}
