package io.mainstay.core.table;

import java.util.UUID;

/**
 * Ids, each with a number from 0 on, in one array of primitives. Not for use by several threads.
 *
 * <p>Hot: a look-up touches one place of the array and allocates nothing. Open addressing; what is removed leaves no trace.
 */
public final class IdTable {
    /** Stands for the number of an id that is not there. */
    public static final int NONE = -1;

    /** Of a slot: the halves of the id, and the number counted from 1, so that 0 is a free slot. */
    private static final int WIDTH = 3;

    private static final int SLOTS_MIN = 64;

    private long[] slots = new long[WIDTH * SLOTS_MIN];
    private int mask = SLOTS_MIN - 1;
    private int size;

    public int size() {
        return size;
    }

    /** The number of an id, or {@link #NONE}. */
    public int get(UUID id) {
        return get(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /**
     * The number of the id with these halves, or {@link #NONE}.
     *
     * <p>While another thread changes the table this may give any number, but it ends and throws nothing: so it may be
     * asked first, and believed when it turns out that nothing was changed meanwhile.
     */
    public int get(long high, long low) {
        long[] table = slots;
        int last = table.length / WIDTH - 1;
        int slot = home(high, low) & last;
        for (int left = last; left >= 0; left--) {
            int at = WIDTH * slot;
            if (table[at + 2] == 0) {
                return NONE;
            }
            if (table[at] == high && table[at + 1] == low) {
                return (int) table[at + 2] - 1;
            }
            slot = (slot + 1) & last;
        }
        return NONE;
    }

    /** Gives an id a number, in place of the one that it had. */
    public void put(UUID id, int number) {
        put(id.getMostSignificantBits(), id.getLeastSignificantBits(), number);
    }

    /** Gives the id with these halves a number, in place of the one that it had. */
    public void put(long high, long low, int number) {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + ", at least 0 wanted");
        }
        int at = WIDTH * slotOf(high, low);
        if (slots[at + 2] == 0) {
            if (size > (mask >>> 1) + (mask >>> 3)) {
                grow();
                at = WIDTH * slotOf(high, low);
            }
            size++;
        }
        set(at, high, low, number + 1L);
    }

    /** Removes an id, if it is there. */
    public void remove(UUID id) {
        remove(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Removes the id with these halves, if it is there, and moves up those that had to give way to it. */
    public void remove(long high, long low) {
        int hole = slotOf(high, low);
        if (slots[WIDTH * hole + 2] == 0) {
            return;
        }
        size--;
        for (int next = (hole + 1) & mask; slots[WIDTH * next + 2] != 0; next = (next + 1) & mask) {
            int home = home(slots[WIDTH * next], slots[WIDTH * next + 1]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                System.arraycopy(slots, WIDTH * next, slots, WIDTH * hole, WIDTH);
                hole = next;
            }
        }
        slots[WIDTH * hole + 2] = 0;
    }

    /** Makes a new number of an id's halves and its number; {@link #NONE} removes the id. */
    public interface Replacement {
        int replace(long high, long low, int number);
    }

    /** Gives every id a new number, or removes it. */
    public void replaceAll(Replacement numbers) {
        long[] before = slots;
        slots = new long[before.length];
        size = 0;
        for (int at = 0; at < before.length; at += WIDTH) {
            if (before[at + 2] != 0) {
                int number = numbers.replace(before[at], before[at + 1], (int) before[at + 2] - 1);
                if (number != NONE) {
                    put(before[at], before[at + 1], number);
                }
            }
        }
    }

    /** Where an id is, or the free slot where it would be. */
    private int slotOf(long high, long low) {
        int slot = home(high, low);
        for (int at = WIDTH * slot; slots[at + 2] != 0; at = WIDTH * slot) {
            if (slots[at] == high && slots[at + 1] == low) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    private void grow() {
        long[] before = slots;
        int count = Math.multiplyExact(mask + 1, 2);
        slots = new long[Math.multiplyExact(WIDTH, count)];
        mask = count - 1;
        for (int at = 0; at < before.length; at += WIDTH) {
            if (before[at + 2] != 0) {
                set(WIDTH * slotOf(before[at], before[at + 1]), before[at], before[at + 1], before[at + 2]);
            }
        }
    }

    private void set(int at, long high, long low, long counted) {
        slots[at] = high;
        slots[at + 1] = low;
        slots[at + 2] = counted;
    }
}
