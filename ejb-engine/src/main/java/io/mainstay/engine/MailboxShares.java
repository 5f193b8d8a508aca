package io.mainstay.engine;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Says how much of a shard's mailbox each tenant may take: no more than is left free. So one tenant fills half of it at
 * most, two a third each, and there is room for whoever comes next.
 *
 * <p>Hot: one addition for a command that comes, one for its answer. There is a fixed number of counters; tenants whose names
 * have the same hash share one. Safe for use by many threads, which may together exceed a share by their number.
 */
final class MailboxShares {
    private static final int COUNTERS = 1024;

    /** Counters lie apart, so that threads of different tenants do not slow each other down. */
    private static final int STRIDE = 16;

    private final int capacity;
    private final AtomicIntegerArray inHand = new AtomicIntegerArray(COUNTERS * STRIDE);

    /**
     * @param capacity of the mailbox, in submissions
     */
    MailboxShares(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Counts a tenant's command, unless that exceeds its share. Commands of no tenant may take all there is.
     *
     * @param waiting submissions in the mailbox
     */
    boolean enter(String tenant, int waiting) {
        if (tenant.isEmpty()) {
            return true;
        }
        int counter = counterOf(tenant);
        if (inHand.get(counter) >= capacity - waiting) {
            return false;
        }
        inHand.getAndIncrement(counter);
        return true;
    }

    /** The command was answered, or was not taken after all. */
    void leave(String tenant) {
        if (!tenant.isEmpty()) {
            inHand.getAndDecrement(counterOf(tenant));
        }
    }

    private static int counterOf(String tenant) {
        int hash = tenant.hashCode();
        return ((hash ^ hash >>> 16) & (COUNTERS - 1)) * STRIDE;
    }
}
