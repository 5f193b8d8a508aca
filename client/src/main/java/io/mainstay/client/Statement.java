package io.mainstay.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a range of time did to an account, at one position of the projection.
 *
 * @param from the first moment
 * @param to behind the last moment
 * @param openingBalanceMinor at {@code from}
 * @param closingBalanceMinor at {@code to}; the same on every page
 * @param entries on this page, the oldest first
 * @param next cursor of the page with younger entries; null on the last page
 * @param projection how far the account's shard is written to the database that was asked
 */
public record Statement(
        Instant from,
        Instant to,
        long openingBalanceMinor,
        long closingBalanceMinor,
        List<Entry> entries,
        @Nullable String next,
        Position projection) {
    public Statement {
        entries = List.copyOf(entries);
    }
}
