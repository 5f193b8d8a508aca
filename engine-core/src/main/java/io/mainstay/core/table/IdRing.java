package io.mainstay.core.table;

import io.mainstay.core.Invariants;
import java.util.Arrays;
import java.util.UUID;

/**
 * Ids in the order they came, each found by itself; the oldest goes first. Not for use by several threads.
 *
 * <p>Positions count up for ever. An owner keeps columns of {@link #rows} beside the ring, and finds a position's row by
 * {@link #row}.
 *
 * <p>Hot: looking for an id that is not there touches one place of the index, eight bytes an id, and allocates nothing.
 */
public final class IdRing {
    /** Stands for the position of an id that is not there. */
    public static final long NONE = -1;

    private static final int ROWS_MIN = 1024;
    private static final long POSITION_MASK = 0xFFFF_FFFFL;

    private long[] high = new long[ROWS_MIN];
    private long[] low = new long[ROWS_MIN];
    private long oldest;
    private long next;

    /** Half full at most. Of a slot: the id's tag, which is never 0, above the lowest bits of its position. */
    private long[] index = new long[2 * ROWS_MIN];

    /** Rows that the ring has at present: a power of two that only grows, by doubling. */
    public int rows() {
        return high.length;
    }

    public int row(long position) {
        return (int) position & (high.length - 1);
    }

    /** Position of the oldest id; {@link #next} if there is none. */
    public long oldest() {
        return oldest;
    }

    /** Position that the next id will have. */
    public long next() {
        return next;
    }

    public int size() {
        return (int) (next - oldest);
    }

    public UUID id(long position) {
        return new UUID(high[row(position)], low[row(position)]);
    }

    /** The position of an id, or {@link #NONE}. */
    public long find(UUID id) {
        long idHigh = id.getMostSignificantBits();
        long idLow = id.getLeastSignificantBits();
        int tag = tag(idHigh, idLow);
        for (int slot = home(tag); index[slot] != 0; slot = after(slot)) {
            if ((int) (index[slot] >>> 32) == tag) {
                int row = row(index[slot]);
                if (high[row] == idHigh && low[row] == idLow) {
                    return oldest + (((index[slot] & POSITION_MASK) - oldest) & POSITION_MASK);
                }
            }
        }
        return NONE;
    }

    /** Adds an id that is not there; returns its position. May grow: look at {@link #rows} again. */
    public long add(UUID id) {
        if (size() == high.length) {
            grow();
        }
        int row = row(next);
        high[row] = id.getMostSignificantBits();
        low[row] = id.getLeastSignificantBits();
        insert(tag(high[row], low[row]), next);
        return next++;
    }

    /** Removes the oldest id. */
    public void removeOldest() {
        remove(oldest);
        oldest++;
    }

    /** Removes the newest id. */
    public void removeNewest() {
        remove(next - 1);
        next--;
    }

    /**
     * Puts back the id that {@link #removeOldest} removed last. Its row must not have been taken since: there must have
     * been more {@link #rows} than ids.
     */
    public void restoreOldest() {
        Invariants.check(oldest > 0 && size() < high.length, "nothing to restore before %d of %d", oldest, next);
        oldest--;
        int row = row(oldest);
        insert(tag(high[row], low[row]), oldest);
    }

    /** Takes a position out of the index, and moves up those that had to give way to it. */
    private void remove(long position) {
        int row = row(position);
        int tag = tag(high[row], low[row]);
        long entry = entry(tag, position);
        int hole = home(tag);
        while (index[hole] != entry) {
            hole = after(hole);
        }
        int mask = index.length - 1;
        for (int slot = after(hole); index[slot] != 0; slot = after(slot)) {
            int home = home((int) (index[slot] >>> 32));
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                index[hole] = index[slot];
                hole = slot;
            }
        }
        index[hole] = 0;
    }

    /** Doubles a column of a full ring: what it held stands in both halves, so each position leads to its row in either. */
    public static <A> A twice(A column, A larger, int rows) {
        System.arraycopy(column, 0, larger, 0, rows);
        System.arraycopy(column, 0, larger, rows, rows);
        return larger;
    }

    private void grow() {
        int rows = high.length;
        int more = Math.multiplyExact(rows, 2);
        high = twice(high, new long[more], rows);
        low = twice(low, new long[more], rows);
        long[] before = index;
        index = new long[Math.multiplyExact(more, 2)];
        Arrays.stream(before).filter(entry -> entry != 0).forEach(entry -> insert((int) (entry >>> 32), entry));
    }

    private void insert(int tag, long position) {
        int slot = home(tag);
        while (index[slot] != 0) {
            slot = after(slot);
        }
        index[slot] = entry(tag, position);
    }

    private int home(int tag) {
        return tag & (index.length - 1);
    }

    private int after(int slot) {
        return (slot + 1) & (index.length - 1);
    }

    private static long entry(int tag, long position) {
        return (long) tag << 32 | (position & POSITION_MASK);
    }

    /** Well mixed bits of the id, the topmost set. */
    private static int tag(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32) | Integer.MIN_VALUE;
    }
}
