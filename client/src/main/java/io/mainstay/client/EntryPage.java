package io.mainstay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of an account, newest first.
 *
 * @param next cursor of the page with older entries; null on the last page
 * @param projection how far the account's shard is written to the database that was asked
 */
public record EntryPage(List<Entry> entries, @Nullable String next, Position projection) {
    public EntryPage {
        entries = List.copyOf(entries);
    }
}
