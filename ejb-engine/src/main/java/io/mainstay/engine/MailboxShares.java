package io.mainstay.engine;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Says how much of a shard's mailbox each tenant may take. Once there are several, none has more in hand than is left free:
 * one takes half of it at most, two a third each, and there is room for whoever comes next. As long as there is one, it leaves
 * an eighth, for the second one to come.
 *
 * <p>Hot: one addition for a command that comes, one for its answer. There is a fixed number of counters; tenants whose names
 * have the same hash share one. Safe for use by many threads, which may together exceed a share by their number.
 */
final class MailboxShares {
    private static final int COUNTERS = 1024;
    private static final int LEFT_FOR_OTHERS = 8;
    private static final int NONE = -1;

    /** Counters lie apart, so that threads of different tenants do not slow each other down. */
    private static final int STRIDE = 16;

    /** What came is counted by the callers' threads, what was answered by the shard's: they share no cache line. */
    private final AtomicIntegerArray came = new AtomicIntegerArray(COUNTERS * STRIDE);

    private final AtomicIntegerArray answered = new AtomicIntegerArray(COUNTERS * STRIDE);

    private final int capacity;
    private volatile int first = NONE;
    private volatile boolean several;

    /**
     * @param capacity of the mailbox, in submissions
     */
    MailboxShares(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Counts a tenant's command, unless that exceeds its share.
     *
     * @param waiting submissions in the mailbox
     */
    boolean enter(String tenant, int waiting) {
        int counter = counterOf(tenant);
        notice(counter);
        boolean room = several ? inHand(counter) < capacity - waiting : waiting < capacity - capacity / LEFT_FOR_OTHERS;
        if (room) {
            came.getAndIncrement(counter);
        }
        return room;
    }

    /** The command was answered, or was not taken after all. */
    void leave(String tenant) {
        answered.getAndIncrement(counterOf(tenant));
    }

    /** Right also when the counts have gone round. */
    private int inHand(int counter) {
        int before = answered.get(counter);
        return came.get(counter) - before;
    }

    private void notice(int counter) {
        int known = first;
        if (known == NONE) {
            first = counter;
        } else if (known != counter && !several) {
            several = true;
        }
    }

    private static int counterOf(String tenant) {
        int hash = tenant.hashCode();
        return ((hash ^ hash >>> 16) & (COUNTERS - 1)) * STRIDE;
    }
}
