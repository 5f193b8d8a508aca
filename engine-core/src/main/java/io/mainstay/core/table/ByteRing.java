package io.mainstay.core.table;

import java.util.Arrays;

/**
 * Runs of bytes in the order they came, each found by its address; the oldest go first. Not for use by several threads.
 *
 * <p>Bytes lie in pieces that are used again once all that is in them has gone: in the long run there is no garbage, which
 * a collector would have to move time and again because it lives long.
 */
public final class ByteRing {
    private static final int PIECE_BITS = 16;
    private static final int PIECE_BYTES = 1 << PIECE_BITS;
    private static final int PIECES_MIN = 16;

    /** Pieces kept for use again, at most; what is removed at once beyond them is garbage. */
    private static final int SPARES_MAX = 16;

    private static final byte[] NOTHING = {};

    /** Piece {@code n} is at {@code n} modulo the length, a power of two. */
    private byte[][] pieces = empty(PIECES_MIN);

    private final byte[][] spares = empty(SPARES_MAX);
    private int spareCount;

    /** The pieces in use, from this one to before {@link #next}. */
    private long first;

    private long next;
    private byte[] last = NOTHING;
    private int lastSize;

    /** Adds a run and returns its address; addresses only grow. */
    public long add(byte[] source, int from, int count) {
        if (last.length - lastSize < count) {
            begin(count);
        }
        System.arraycopy(source, from, last, lastSize, count);
        long address = ((next - 1) << PIECE_BITS) + lastSize;
        lastSize += count;
        return address;
    }

    /** The array that holds the run at an address, until it is removed. */
    public byte[] array(long address) {
        return pieces[slot(address >>> PIECE_BITS)];
    }

    /** Where in its array a run begins. */
    public int offset(long address) {
        return (int) address & (PIECE_BYTES - 1);
    }

    /** Removes the runs before the one at an address. */
    public void removeBefore(long address) {
        for (; first < address >>> PIECE_BITS; first++) {
            byte[] gone = pieces[slot(first)];
            pieces[slot(first)] = NOTHING;
            if (gone.length == PIECE_BYTES && spareCount < SPARES_MAX) {
                spares[spareCount++] = gone;
            }
        }
    }

    /** A run longer than a piece has one of its own. */
    private void begin(int count) {
        if (next - first == pieces.length) {
            grow();
        }
        boolean fits = count <= PIECE_BYTES;
        last = fits && spareCount > 0 ? spares[--spareCount] : new byte[fits ? PIECE_BYTES : count];
        lastSize = 0;
        pieces[slot(next)] = last;
        next++;
    }

    private void grow() {
        byte[][] before = pieces;
        pieces = empty(Math.multiplyExact(before.length, 2));
        for (long number = first; number < next; number++) {
            pieces[slot(number)] = before[(int) number & (before.length - 1)];
        }
    }

    private int slot(long number) {
        return (int) number & (pieces.length - 1);
    }

    private static byte[][] empty(int count) {
        byte[][] fresh = new byte[count][];
        Arrays.fill(fresh, NOTHING);
        return fresh;
    }
}
