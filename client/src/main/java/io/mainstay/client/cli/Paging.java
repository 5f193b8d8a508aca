package io.mainstay.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many rows of a listing are wanted, and the pages that they come on. */
final class Paging {
    private static final int PAGE_ROWS = 100;

    @Option(
            names = "--limit",
            defaultValue = "20",
            paramLabel = "COUNT",
            description = "at most so many; default: ${DEFAULT-VALUE}")
    private int limit = 20;

    /** The rows of as many pages as it takes. */
    <C> List<Map<String, Object>> read(Source<C> source) {
        List<Map<String, Object>> rows = new ArrayList<>();
        C next = null;
        do {
            Page<C> page = source.read(Math.min(PAGE_ROWS, limit - rows.size()), next);
            rows.addAll(page.rows());
            next = page.next();
        } while (next != null && rows.size() < limit);
        return rows;
    }

    /** The head of the first page, and the rows of as many pages as it takes. */
    <C> List<Map<String, Object>> readBehind(HeadedSource<C> source) {
        List<Map<String, Object>> heads = new ArrayList<>();
        List<Map<String, Object>> rows = this.<C>read((count, next) -> {
            Headed<C> page = source.read(count, next);
            heads.add(page.head());
            return page.page();
        });
        rows.add(0, heads.get(0));
        return rows;
    }

    /** {@link IllegalArgumentException} if no row is wanted. */
    void check() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit is " + limit + ", at least 1 wanted");
        }
    }

    /** Where pages come from. */
    interface Source<C> {
        /**
         * One page.
         *
         * @param next of the page before; null for the first
         */
        Page<C> read(int count, @Nullable C next);
    }

    /** Where pages come from that say something before their rows. */
    interface HeadedSource<C> {
        /**
         * One page.
         *
         * @param next of the page before; null for the first
         */
        Headed<C> read(int count, @Nullable C next);
    }

    /** One page with what is said before its rows. */
    record Headed<C>(Map<String, Object> head, Page<C> page) {}

    /**
     * One page.
     *
     * @param next where the next page begins; null if this is the last
     */
    record Page<C>(List<Map<String, Object>> rows, @Nullable C next) {}
}
