package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import java.util.Arrays;
import java.util.UUID;

/**
 * Accounts as rows of primitives, found by id through an open-addressing index. Rows are only added,
 * and taken back in the opposite order when a group is undone.
 *
 * <p>64 bytes a row and 8 to 16 bytes of index: 10,000,000 accounts are 0.64 GB and up to 0.16 GB. Rows lie in pages, and the
 * index in parts that grow one by one, so growing never copies much at once.
 *
 * <p>Hot: a look-up touches one index slot and one row, and allocates nothing. The fields of a row lie together because an
 * account's transfer needs most of them, and each separate column would be a cache miss of its own.
 */
final class AccountTable {
    static final int NONE = -1;

    /** A row is a cache line. */
    private static final int WIDTH = 8;

    private static final int ID_HIGH = 0;
    private static final int ID_LOW = 1;
    private static final int BALANCE_MINOR = 2;
    private static final int RESERVED_MINOR = 3;
    private static final int EXPECTED_MINOR = 4;
    private static final int VERSION = 5;

    /** The asset's number in the upper half, that of the limits in the lower. */
    private static final int ASSET_LIMITS = 6;

    /** The status in the upper half, the ledger's number in the lower. */
    private static final int STATUS_LEDGER = 7;

    /** With the 16 bytes in front of an array's elements, these fill the cache line before the first row. */
    private static final int LEAD = 6;

    private static final int PAGE_BITS = 16;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int ROWS_MIN = 64;

    private static final int PARTS = 64;
    private static final int SLOTS_MIN = 16;

    private long[][] pages = {new long[LEAD + WIDTH * ROWS_MIN]};
    private int capacity = ROWS_MIN;
    private final int[][] index = new int[PARTS][];
    private final int[] rowsOfPart = new int[PARTS];
    private int rows;

    AccountTable() {
        Arrays.setAll(index, part -> newSlots(SLOTS_MIN));
    }

    int size() {
        return rows;
    }

    /** The row of an account, or {@link #NONE}. */
    int find(UUID id) {
        return find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private int find(long high, long low) {
        long mixed = mix(high, low);
        int[] slots = index[partOf(mixed)];
        for (int slot = slotOf(mixed, slots); ; slot = (slot + 1) & (slots.length - 1)) {
            int row = slots[slot];
            if (row == NONE) {
                return NONE;
            }
            long[] page = pages[row >>> PAGE_BITS];
            int at = at(row);
            if (page[at + ID_HIGH] == high && page[at + ID_LOW] == low) {
                return row;
            }
        }
    }

    /** Brings near the account's index slot and row; the result has no meaning. */
    long touch(UUID id) {
        long mixed = mix(id.getMostSignificantBits(), id.getLeastSignificantBits());
        int[] slots = index[partOf(mixed)];
        int row = slots[slotOf(mixed, slots)];
        return row == NONE ? NONE : field(row, ID_HIGH) ^ field(row, STATUS_LEDGER);
    }

    /** Adds an open account that is not there yet, with balance 0 and version 1. */
    void add(UUID id, int ledgerNumber, int assetNumber, int limitsNumber) {
        if (rows == capacity) {
            grow();
        }
        int row = rows++;
        set(row, ID_HIGH, id.getMostSignificantBits());
        set(row, ID_LOW, id.getLeastSignificantBits());
        set(row, VERSION, 1);
        set(row, ASSET_LIMITS, (long) assetNumber << 32 | limitsNumber);
        set(row, STATUS_LEDGER, (long) AccountStatus.OPEN.number() << 32 | ledgerNumber);
        insert(row);
    }

    /** Sets the balance after a transfer and counts the version up. */
    void move(int row, long newBalanceMinor) {
        set(row, BALANCE_MINOR, newBalanceMinor);
        set(row, VERSION, version(row) + 1);
    }

    /** Takes an amount out of the balance again and counts the version down. */
    void moveBack(int row, long amountMinor) {
        set(row, BALANCE_MINOR, balanceMinor(row) - amountMinor);
        set(row, VERSION, version(row) - 1);
    }

    void setAmounts(int row, long newBalanceMinor, long newReservedMinor, long newExpectedMinor) {
        set(row, BALANCE_MINOR, newBalanceMinor);
        set(row, RESERVED_MINOR, newReservedMinor);
        set(row, EXPECTED_MINOR, newExpectedMinor);
    }

    void setVersion(int row, long newVersion) {
        set(row, VERSION, newVersion);
    }

    void setStatus(int row, AccountStatus status) {
        set(row, STATUS_LEDGER, (long) status.number() << 32 | ledger(row));
    }

    void setLimits(int row, int limitsNumber) {
        set(row, ASSET_LIMITS, (long) asset(row) << 32 | limitsNumber);
    }

    /** Removes the account added last, which has to be this one. */
    void removeLast(UUID id) {
        int row = find(id);
        Invariants.check(row == rows - 1, "row %d removed, the last one is %d", row, rows - 1L);
        long mixed = mix(id.getMostSignificantBits(), id.getLeastSignificantBits());
        int[] slots = index[partOf(mixed)];
        int mask = slots.length - 1;
        int hole = slotOf(mixed, slots);
        while (slots[hole] != row) {
            hole = (hole + 1) & mask;
        }
        for (int slot = (hole + 1) & mask; slots[slot] != NONE; slot = (slot + 1) & mask) {
            int home = slotOf(mix(field(slots[slot], ID_HIGH), field(slots[slot], ID_LOW)), slots);
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = NONE;
        rowsOfPart[partOf(mixed)]--;
        Arrays.fill(pages[row >>> PAGE_BITS], at(row), at(row) + WIDTH, 0);
        rows--;
    }

    long balanceMinor(int row) {
        return field(row, BALANCE_MINOR);
    }

    long reservedMinor(int row) {
        return field(row, RESERVED_MINOR);
    }

    long expectedMinor(int row) {
        return field(row, EXPECTED_MINOR);
    }

    long version(int row) {
        return field(row, VERSION);
    }

    int asset(int row) {
        return (int) (field(row, ASSET_LIMITS) >>> 32);
    }

    int limits(int row) {
        return (int) field(row, ASSET_LIMITS);
    }

    int ledger(int row) {
        return (int) field(row, STATUS_LEDGER);
    }

    /** Hot: as {@link #status}, without naming it. */
    boolean isOpen(int row) {
        return field(row, STATUS_LEDGER) >>> 32 == 0;
    }

    AccountStatus status(int row) {
        return AccountStatus.of((int) (field(row, STATUS_LEDGER) >>> 32));
    }

    UUID id(int row) {
        return new UUID(field(row, ID_HIGH), field(row, ID_LOW));
    }

    private long field(int row, int field) {
        return pages[row >>> PAGE_BITS][at(row) + field];
    }

    private void set(int row, int field, long value) {
        pages[row >>> PAGE_BITS][at(row) + field] = value;
    }

    private static int at(int row) {
        return LEAD + WIDTH * (row & (PAGE_ROWS - 1));
    }

    /** The first page doubles up to its full size; then pages are added. */
    private void grow() {
        if (capacity < PAGE_ROWS) {
            capacity *= 2;
            pages[0] = Arrays.copyOf(pages[0], LEAD + WIDTH * capacity);
        } else {
            capacity = Math.addExact(capacity, PAGE_ROWS);
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = new long[LEAD + WIDTH * PAGE_ROWS];
        }
    }

    private void insert(int row) {
        long mixed = mix(field(row, ID_HIGH), field(row, ID_LOW));
        int part = partOf(mixed);
        if (2 * ++rowsOfPart[part] > index[part].length) {
            growPart(part);
        }
        insert(index[part], mixed, row);
    }

    private static void insert(int[] slots, long mixed, int row) {
        int slot = slotOf(mixed, slots);
        while (slots[slot] != NONE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = row;
    }

    private void growPart(int part) {
        int[] before = index[part];
        int[] after = newSlots(Math.multiplyExact(before.length, 2));
        for (int row : before) {
            if (row != NONE) {
                insert(after, mix(field(row, ID_HIGH), field(row, ID_LOW)), row);
            }
        }
        index[part] = after;
    }

    private static long mix(long high, long low) {
        return (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
    }

    private static int partOf(long mixed) {
        return (int) (mixed >>> 58);
    }

    private static int slotOf(long mixed, int[] slots) {
        return (int) (mixed >>> 32) & (slots.length - 1);
    }

    private static int[] newSlots(int slots) {
        int[] fresh = new int[slots];
        Arrays.fill(fresh, NONE);
        return fresh;
    }
}
