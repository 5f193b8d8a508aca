package io.mainstay.domain.ledger;

import java.util.Arrays;
import java.util.UUID;

/**
 * The legs of the latest transfers that are more than two accounts of one shard, in one array of primitives: 32 bytes each.
 * Positions count up for ever; the oldest legs are overwritten.
 */
final class LegRing {
    /** Stands for the shard of legs that are here. */
    static final int HERE = -1;

    private static final int WIDTH = 4;
    private static final int ROWS_MIN = 64;
    private static final int ROWS_MAX = 1 << 20;

    private final int legsMax;
    private long[] fields = new long[WIDTH * ROWS_MIN];
    private long next;

    /** Room beyond {@code legsMax} is for what a group adds before it is undone. */
    LegRing(int legsMax) {
        this.legsMax = legsMax;
    }

    /** Position that the next leg will have. */
    long next() {
        return next;
    }

    /** True if the leg at a position is one of the latest, and so was not forgotten. */
    boolean holds(long position) {
        return position >= next - legsMax;
    }

    void add(UUID account, int asset, long amountMinor, int shard) {
        if (next == rows() && rows() < ROWS_MAX) {
            fields = Arrays.copyOf(fields, 2 * fields.length);
        }
        int at = at(next++);
        fields[at] = account.getMostSignificantBits();
        fields[at + 1] = account.getLeastSignificantBits();
        fields[at + 2] = amountMinor;
        fields[at + 3] = (long) asset << 32 | (shard & 0xFFFFFFFFL);
    }

    /** Takes back the newest legs. */
    void removeNewest(int count) {
        next -= count;
    }

    UUID account(long position) {
        return new UUID(fields[at(position)], fields[at(position) + 1]);
    }

    long amountMinor(long position) {
        return fields[at(position) + 2];
    }

    int asset(long position) {
        return (int) (fields[at(position) + 3] >>> 32);
    }

    int shard(long position) {
        return (int) fields[at(position) + 3];
    }

    private int rows() {
        return fields.length / WIDTH;
    }

    private int at(long position) {
        return WIDTH * ((int) position & (rows() - 1));
    }
}
