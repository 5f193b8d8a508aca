package io.mainstay.domain.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account has that no transfer needs: its owner and its reference. A page of accounts without either takes no
 * memory; with an owner an account takes 4 bytes, with a reference 4 bytes and the text.
 */
final class AccountDetails {
    static final int NONE = -1;

    private static final int PAGE_BITS = 12;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;

    private final List<int @Nullable []> owners = new ArrayList<>();
    private final List<@Nullable String @Nullable []> references = new ArrayList<>();

    /** The owner's number among the parties, or {@link #NONE}. */
    int owner(int row) {
        int[] page = page(owners, row);
        return page == null ? NONE : page[row & (PAGE_ROWS - 1)];
    }

    void setOwner(int row, int owner) {
        int[] page = page(owners, row);
        if (page == null) {
            if (owner == NONE) {
                return;
            }
            page = new int[PAGE_ROWS];
            Arrays.fill(page, NONE);
            put(owners, row, page);
        }
        page[row & (PAGE_ROWS - 1)] = owner;
    }

    String reference(int row) {
        @Nullable String[] page = page(references, row);
        String reference = page == null ? null : page[row & (PAGE_ROWS - 1)];
        return reference == null ? "" : reference;
    }

    void setReference(int row, String reference) {
        @Nullable String[] page = page(references, row);
        if (page == null) {
            if (reference.isEmpty()) {
                return;
            }
            page = new @Nullable String[PAGE_ROWS];
            put(references, row, page);
        }
        page[row & (PAGE_ROWS - 1)] = reference.isEmpty() ? null : reference;
    }

    private static <P> @Nullable P page(List<@Nullable P> pages, int row) {
        int number = row >>> PAGE_BITS;
        return number < pages.size() ? pages.get(number) : null;
    }

    private static <P> void put(List<@Nullable P> pages, int row, P page) {
        int number = row >>> PAGE_BITS;
        while (pages.size() <= number) {
            pages.add(null);
        }
        pages.set(number, page);
    }
}
