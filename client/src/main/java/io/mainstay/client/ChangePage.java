package io.mainstay.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what changed an account, oldest first.
 *
 * @param shard whose log it is
 * @param next offset that the page with younger changes begins at; null on the last page
 */
public record ChangePage(
        int shard, List<Change> changes, @Nullable Long next) {
    public ChangePage {
        changes = List.copyOf(changes);
    }
}
