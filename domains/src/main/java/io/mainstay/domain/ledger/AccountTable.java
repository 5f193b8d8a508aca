package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Accounts as rows of primitives, found by id through an open-addressing index. Rows are only added,
 * and taken back in the opposite order when a group is undone.
 *
 * <p>Hot: a look-up touches one index slot and one row, and allocates nothing. The fields of a row lie together because an
 * account's transfer needs most of them, and each separate column would be a cache miss of its own.
 */
final class AccountTable {
    static final int NONE = -1;

    private static final int WIDTH = 6;
    private static final int ID_HIGH = 0;
    private static final int ID_LOW = 1;
    private static final int BALANCE_MINOR = 2;
    private static final int MIN_BALANCE_MINOR = 3;
    private static final int VERSION = 4;

    /** The asset's number in the upper half, the ledger's in the lower. */
    private static final int ASSET_LEDGER = 5;

    private static final int ROWS_MIN = 64;

    private long[] fields = new long[WIDTH * ROWS_MIN];
    private int[] index = newIndex(2 * ROWS_MIN);
    private int rows;

    int size() {
        return rows;
    }

    /** The row of an account, or {@link #NONE}. */
    int find(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int slot = slotOf(high, low); ; slot = (slot + 1) & (index.length - 1)) {
            int row = index[slot];
            if (row == NONE || (field(row, ID_HIGH) == high && field(row, ID_LOW) == low)) {
                return row;
            }
        }
    }

    /** Brings near the account's index slot and row; the result has no meaning. */
    long touch(UUID id) {
        int row = index[slotOf(id.getMostSignificantBits(), id.getLeastSignificantBits())];
        return row == NONE ? NONE : field(row, ID_HIGH) ^ field(row, ASSET_LEDGER);
    }

    /** Adds an account that is not there yet, with balance 0 and version 1. */
    void add(UUID id, int ledgerNumber, int assetNumber, long minBalance) {
        if (WIDTH * rows == fields.length) {
            grow();
        }
        int row = rows++;
        set(row, ID_HIGH, id.getMostSignificantBits());
        set(row, ID_LOW, id.getLeastSignificantBits());
        set(row, MIN_BALANCE_MINOR, minBalance);
        set(row, VERSION, 1);
        set(row, ASSET_LEDGER, (long) assetNumber << 32 | ledgerNumber);
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

    /** Removes the account added last, which has to be this one. */
    void removeLast(UUID id) {
        int row = find(id);
        Invariants.check(row == rows - 1, "row %d removed, the last one is %d", row, rows - 1L);
        int hole = slotOf(field(row, ID_HIGH), field(row, ID_LOW));
        int mask = index.length - 1;
        while (index[hole] != row) {
            hole = (hole + 1) & mask;
        }
        for (int slot = (hole + 1) & mask; index[slot] != NONE; slot = (slot + 1) & mask) {
            int home = slotOf(field(index[slot], ID_HIGH), field(index[slot], ID_LOW));
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                index[hole] = index[slot];
                hole = slot;
            }
        }
        index[hole] = NONE;
        Arrays.fill(fields, WIDTH * row, WIDTH * (row + 1), 0);
        rows--;
    }

    long balanceMinor(int row) {
        return field(row, BALANCE_MINOR);
    }

    long minBalanceMinor(int row) {
        return field(row, MIN_BALANCE_MINOR);
    }

    long version(int row) {
        return field(row, VERSION);
    }

    int asset(int row) {
        return (int) (field(row, ASSET_LEDGER) >>> 32);
    }

    int ledger(int row) {
        return (int) field(row, ASSET_LEDGER);
    }

    UUID id(int row) {
        return new UUID(field(row, ID_HIGH), field(row, ID_LOW));
    }

    void ids(Consumer<UUID> each) {
        for (int row = 0; row < rows; row++) {
            each.accept(id(row));
        }
    }

    /** Sets what a snapshot says of the account added last. */
    void restore(long balance, long versionThen) {
        set(rows - 1, BALANCE_MINOR, balance);
        set(rows - 1, VERSION, versionThen);
    }

    private long field(int row, int field) {
        return fields[WIDTH * row + field];
    }

    private void set(int row, int field, long value) {
        fields[WIDTH * row + field] = value;
    }

    private void insert(int row) {
        int slot = slotOf(field(row, ID_HIGH), field(row, ID_LOW));
        while (index[slot] != NONE) {
            slot = (slot + 1) & (index.length - 1);
        }
        index[slot] = row;
    }

    private void grow() {
        fields = Arrays.copyOf(fields, Math.multiplyExact(fields.length, 2));
        index = newIndex(Math.multiplyExact(index.length, 2));
        for (int row = 0; row < rows; row++) {
            insert(row);
        }
    }

    private int slotOf(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 33) & (index.length - 1);
    }

    private static int[] newIndex(int slots) {
        int[] fresh = new int[slots];
        Arrays.fill(fresh, NONE);
        return fresh;
    }
}
