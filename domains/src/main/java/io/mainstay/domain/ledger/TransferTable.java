package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import io.mainstay.core.table.IdRing;
import java.util.UUID;

/**
 * The latest finished transfers, up to a fixed number; the oldest is forgotten first. Columns of primitives: 17 bytes a
 * transfer beside its id, and its legs in a {@link LegRing} if they are more than two accounts of this shard.
 *
 * <p>Hot: to add a transfer looks up nothing.
 */
final class TransferTable {
    static final long NONE = IdRing.NONE;

    /** Legs that a {@link LegRing} has room for beyond those it keeps: what one group may add. */
    private static final int LEGS_MAX = (1 << 20) - 64 * 1000;

    /** In place of rows: there are no legs, or what precedes the number of legs in the ring. */
    private static final long BARE = -1;

    private static final long LEGS = Long.MIN_VALUE;

    private final int countMax;
    private final IdRing ids = new IdRing();
    private final LegRing legs = new LegRing(LEGS_MAX);
    private byte[] stages = new byte[ids.rows()];

    /** The debited row in the upper half and the credited one in the lower, or {@link #BARE}, or {@link #LEGS} and a count. */
    private long[] rows = new long[ids.rows()];

    /** The amount, or where the legs begin in the ring. */
    private long[] amounts = new long[ids.rows()];

    TransferTable(int countMax) {
        this.countMax = countMax;
    }

    /** Brings near what {@link #find} will read; see {@link IdRing#touch}. */
    long touch(UUID id) {
        return ids.touch(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The position of a transfer, or {@link #NONE}. */
    long find(UUID id) {
        return ids.find(id);
    }

    long oldest() {
        return ids.oldest();
    }

    long next() {
        return ids.next();
    }

    UUID id(long position) {
        return ids.id(position);
    }

    TransferStage stage(long position) {
        return TransferStage.of(stages[ids.row(position)]);
    }

    /** Sets the stage of a transfer that may have been forgotten. */
    void mark(UUID id, TransferStage stage) {
        long position = ids.find(id);
        if (position != NONE) {
            stages[ids.row(position)] = (byte) stage.number();
        }
    }

    /** True if the transfer is between two accounts of this shard. */
    boolean hasRows(long position) {
        return rows[ids.row(position)] >= 0;
    }

    int fromRow(long position) {
        return (int) (rows[ids.row(position)] >>> 32);
    }

    int toRow(long position) {
        return (int) rows[ids.row(position)];
    }

    long amountMinor(long position) {
        return amounts[ids.row(position)];
    }

    /** How many legs {@link #legs} holds of a transfer; 0 if it forgot them. */
    int legCount(long position) {
        long row = rows[ids.row(position)];
        return row < BARE && legs.holds(firstLeg(position)) ? (int) (row - LEGS) : 0;
    }

    long firstLeg(long position) {
        return amounts[ids.row(position)];
    }

    LegRing legs() {
        return legs;
    }

    /** Adds a transfer between two accounts of this shard. */
    void add(UUID id, TransferStage stage, int fromRow, int toRow, long amountMinor) {
        add(id, stage, (long) fromRow << 32 | toRow, amountMinor);
    }

    /** Adds a transfer whose legs are the last ones of {@link #legs}. */
    void addWithLegs(UUID id, TransferStage stage, int legCount) {
        add(id, stage, LEGS + legCount, legs.next() - legCount);
    }

    /** Adds a transfer of which nothing is known but its id. */
    void addBare(UUID id, TransferStage stage) {
        add(id, stage, BARE, 0);
    }

    /** Takes back the newest transfer, which has to be this one, and puts the one back that went for it. */
    void removeNewest(UUID id) {
        long newest = ids.next() - 1;
        Invariants.check(
                ids.find(id) == newest, "transfer at %d taken back, the newest is at %d", ids.find(id), newest);
        if (rows[ids.row(newest)] < BARE) {
            legs.removeNewest((int) (rows[ids.row(newest)] - LEGS));
        }
        ids.removeNewest();
        if (ids.size() == countMax - 1 && ids.oldest() > 0) {
            ids.restoreOldest();
        }
    }

    private void add(UUID id, TransferStage stage, long rowsOrLegs, long amountOrFirst) {
        if (ids.size() == countMax) {
            ids.removeOldest();
        }
        int before = ids.rows();
        int row = ids.row(ids.add(id));
        if (ids.rows() != before) {
            grow(before);
            row = ids.row(ids.next() - 1);
        }
        stages[row] = (byte) stage.number();
        rows[row] = rowsOrLegs;
        amounts[row] = amountOrFirst;
    }

    private void grow(int before) {
        byte[] oldStages = stages;
        long[] oldRows = rows;
        long[] oldAmounts = amounts;
        stages = new byte[ids.rows()];
        rows = new long[ids.rows()];
        amounts = new long[ids.rows()];
        for (long position = ids.oldest(); position < ids.next() - 1; position++) {
            int from = (int) position & (before - 1);
            int to = ids.row(position);
            stages[to] = oldStages[from];
            rows[to] = oldRows[from];
            amounts[to] = oldAmounts[from];
        }
    }
}
