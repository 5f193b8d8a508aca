package io.mainstay.core.shard;

import java.util.UUID;

/**
 * Tells cheaply whether a key was executed lately, so that those who ask again in haste are answered without another entry
 * in the log. It may forget any key, and take a key for another one very rarely: it only says where looking is worth it.
 *
 * <p>Hot: one place of an array that fits a processor's cache. Not part of the shard's state.
 */
final class RecentKeys {
    private static final int SLOTS = 1 << 16;

    private final long[] slots = new long[SLOTS];

    void add(UUID key) {
        long mixed = mix(key);
        slots[slot(mixed)] = mixed;
    }

    boolean mayHold(UUID key) {
        long mixed = mix(key);
        return slots[slot(mixed)] == mixed;
    }

    private static int slot(long mixed) {
        return (int) (mixed >>> 48) & (SLOTS - 1);
    }

    private static long mix(UUID key) {
        long mixed = (key.getMostSignificantBits() ^ Long.rotateLeft(key.getLeastSignificantBits(), 32))
                * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
