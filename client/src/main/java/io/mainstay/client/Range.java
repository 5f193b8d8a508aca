package io.mainstay.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a history is asked for, and how new it has to be.
 *
 * @param from the first moment; null for all that came before {@code to}
 * @param to behind the last moment; null for all that came since {@code from}
 * @param limit rows on the page, 1 to 500
 * @param cursor the next page of the page before; null for the first page
 * @param after what the database has to show; null for what the server had done when it was asked, if it comes in time
 */
public record Range(
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        @Nullable String cursor,
        @Nullable Position after) {
    /** Rows that a page has, at most. */
    public static final int LIMIT_MAX = 500;

    public Range {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit is " + limit + ", 1 to " + LIMIT_MAX + " wanted");
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("to is " + to + ", before from, " + from);
        }
    }

    /** All time, from the first page on. */
    public static Range all(int limit) {
        return new Range(null, null, limit, null, null);
    }

    public Range between(@Nullable Instant first, @Nullable Instant behindLast) {
        return new Range(first, behindLast, limit, cursor, after);
    }

    /** The next page, with the same rest. */
    public Range at(@Nullable String next) {
        return new Range(from, to, limit, next, after);
    }

    /** As soon as the database shows what stands at a position, such as that of an {@link Answer}. */
    public Range showing(Position position) {
        return new Range(from, to, limit, cursor, position);
    }

    String query() {
        List<String> parameters = new ArrayList<>(List.of("limit=" + limit));
        if (from != null) {
            parameters.add("from=" + from);
        }
        if (to != null) {
            parameters.add("to=" + to);
        }
        if (cursor != null) {
            parameters.add("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        }
        if (after != null) {
            parameters.add("after=" + after.shard() + ":" + after.offset());
        }
        return "?" + String.join("&", parameters);
    }
}
