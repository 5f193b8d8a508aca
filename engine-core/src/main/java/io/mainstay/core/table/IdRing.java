package io.mainstay.core.table;

import io.mainstay.core.Invariants;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Ids in the order they came, each found by itself; the oldest goes first. Not for use by several threads.
 *
 * <p>Positions count up for ever. An owner keeps columns of {@link #rows} beside the ring, and finds a position's row by
 * {@link #row}.
 *
 * <p>Hot: looking for an id that is not there reads one bucket of 32 bytes, four bytes an id in all, and allocates nothing.
 * Adding and removing only write where they look up nothing, so they wait for no memory. To look for many ids,
 * {@link #touch} them first: their cache misses then overlap.
 */
public final class IdRing {
    /** Stands for the position of an id that is not there. */
    public static final long NONE = -1;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int ROWS_MIN = 1024;
    private static final int ROWS_MAX = 1 << 28;

    /** A bucket has 16 lanes of two bytes: 15 for tags of ids, 0 where there is none, and the last counts the passers-by. */
    private static final int LANES = 16;

    private static final int BUCKET_BYTES = 2 * LANES;
    private static final int PASSED_LANE = LANES - 1;
    private static final int PASSED_MAX = 0xFFFF;

    /** Ids in a bucket on average when the ring is full: then one in a hundred has to pass by a full one. */
    private static final int BUCKET_IDS = 8;

    private static final long LANE_LOW = 0x0001_0001_0001_0001L;
    private static final long LANE_HIGH = 0x8000_8000_8000_8000L;
    private static final long LANE_LAST = 0xFFFFL << 48;

    private long[] high = new long[ROWS_MIN];
    private long[] low = new long[ROWS_MIN];

    /** Where in the buckets a row's id is. */
    private int[] slotOfRow = new int[ROWS_MIN];

    private byte[] buckets = new byte[ROWS_MIN / BUCKET_IDS * BUCKET_BYTES];

    /** The row of each slot's id; a slot is a lane of a bucket. */
    private int[] rowOfSlot = new int[ROWS_MIN / BUCKET_IDS * LANES];

    private long oldest;
    private long next;

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
        return find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The position of the id with these halves, or {@link #NONE}. */
    public long find(long idHigh, long idLow) {
        long hash = hash(idHigh, idLow);
        long tags = LANE_LOW * tag(hash);
        for (int bucket = home(hash); ; bucket = after(bucket)) {
            int from = bucket * BUCKET_BYTES;
            long last = (long) LONG.get(buckets, from + 24);
            long found = zeroLanes((long) LONG.get(buckets, from) ^ tags)
                    | zeroLanes((long) LONG.get(buckets, from + 8) ^ tags)
                    | zeroLanes((long) LONG.get(buckets, from + 16) ^ tags)
                    | zeroLanes((last ^ tags) | LANE_LAST);
            if (found != 0) {
                int row = rowIn(bucket, (short) tags, idHigh, idLow);
                if (row >= 0) {
                    return oldest + ((row - oldest) & (high.length - 1));
                }
            }
            if ((last & LANE_LAST) == 0) {
                return NONE;
            }
        }
    }

    /**
     * Reads what looking for the id will read, without waiting for it: called for some ids in a row, their cache misses
     * overlap. The result has no meaning, but must be used, or the call is optimized away.
     */
    public long touch(long idHigh, long idLow) {
        int from = home(hash(idHigh, idLow)) * BUCKET_BYTES;
        return (long) LONG.get(buckets, from) ^ (long) LONG.get(buckets, from + 24);
    }

    /** Adds an id that is not there; returns its position. May grow: look at {@link #rows} again. */
    public long add(UUID id) {
        return add(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Adds the id with these halves, which is not there; returns its position. May grow. */
    public long add(long idHigh, long idLow) {
        if (size() == high.length) {
            grow();
        }
        int row = row(next);
        high[row] = idHigh;
        low[row] = idLow;
        insert(row);
        return next++;
    }

    /** Removes the oldest id. */
    public void removeOldest() {
        remove(row(oldest));
        oldest++;
    }

    /** Removes the newest id. */
    public void removeNewest() {
        remove(row(next - 1));
        next--;
    }

    /**
     * Puts back the id that {@link #removeOldest} removed last. Its row must not have been taken since: there must have
     * been more {@link #rows} than ids.
     */
    public void restoreOldest() {
        Invariants.check(oldest > 0 && size() < high.length, "nothing to restore before %d of %d", oldest, next);
        oldest--;
        insert(row(oldest));
    }

    /** Doubles a column of a full ring: what it held stands in both halves, so each position leads to its row in either. */
    public static <A> A twice(A column, A larger, int rows) {
        System.arraycopy(column, 0, larger, 0, rows);
        System.arraycopy(column, 0, larger, rows, rows);
        return larger;
    }

    private void grow() {
        int rows = high.length;
        if (rows == ROWS_MAX) {
            throw new IllegalStateException("a ring holds at most " + ROWS_MAX + " ids");
        }
        high = twice(high, new long[2 * rows], rows);
        low = twice(low, new long[2 * rows], rows);
        slotOfRow = new int[2 * rows];
        buckets = new byte[2 * buckets.length];
        rowOfSlot = new int[2 * rowOfSlot.length];
        for (long position = oldest; position < next; position++) {
            insert(row(position));
        }
    }

    private void insert(int row) {
        long hash = hash(high[row], low[row]);
        for (int bucket = home(hash); ; bucket = after(bucket)) {
            int lane = freeLane(bucket);
            if (lane < PASSED_LANE) {
                int slot = bucket * LANES + lane;
                SHORT.set(buckets, 2 * slot, (short) tag(hash));
                rowOfSlot[slot] = row;
                slotOfRow[row] = slot;
                return;
            }
            countPassed(bucket, 1);
        }
    }

    private void remove(int row) {
        int slot = slotOfRow[row];
        SHORT.set(buckets, 2 * slot, (short) 0);
        for (int bucket = home(hash(high[row], low[row])); bucket != slot / LANES; bucket = after(bucket)) {
            countPassed(bucket, -1);
        }
    }

    /** The first lane without a tag, or a higher number than a tag's if there is none. */
    private int freeLane(int bucket) {
        int lane = 0;
        for (int from = bucket * BUCKET_BYTES; lane < PASSED_LANE; from += Long.BYTES) {
            long free = zeroLanes((long) LONG.get(buckets, from));
            if (free != 0) {
                return lane + Long.numberOfTrailingZeros(free) / Short.SIZE;
            }
            lane += Long.BYTES / 2;
        }
        return lane;
    }

    private int rowIn(int bucket, short tag, long idHigh, long idLow) {
        for (int slot = bucket * LANES; slot < bucket * LANES + PASSED_LANE; slot++) {
            if ((short) SHORT.get(buckets, 2 * slot) == tag) {
                int row = rowOfSlot[slot];
                if (high[row] == idHigh && low[row] == idLow) {
                    return row;
                }
            }
        }
        return -1;
    }

    /** Counts the ids that are behind a bucket because it was full. A count too high for its lane stays there. */
    private void countPassed(int bucket, int change) {
        int lane = bucket * BUCKET_BYTES + 2 * PASSED_LANE;
        int passed = (short) SHORT.get(buckets, lane) & PASSED_MAX;
        if (passed < PASSED_MAX) {
            SHORT.set(buckets, lane, (short) (passed + change));
        }
    }

    private int home(long hash) {
        return (int) hash & (buckets.length / BUCKET_BYTES - 1);
    }

    private int after(int bucket) {
        return (bucket + 1) & (buckets.length / BUCKET_BYTES - 1);
    }

    /** The topmost bit of each lane that is zero, and perhaps of some above the lowest such. */
    private static long zeroLanes(long lanes) {
        return (lanes - LANE_LOW) & ~lanes & LANE_HIGH;
    }

    /** From 1 to 65535, of bits that do not decide the home. */
    private static long tag(long hash) {
        long tag = hash >>> 48;
        return tag == 0 ? 1 : tag;
    }

    private static long hash(long high, long low) {
        long mixed = (high ^ (high >>> 32)) * 0x9E3779B97F4A7C15L + low;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }
}
