package io.mainstay.domain.ledger;

import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Accounts as primitive columns, found by id through an open-addressing index. Rows are only added.
 *
 * <p>Hot: a look-up touches one index slot and one row, and allocates nothing.
 */
final class AccountTable {
    static final int NONE = -1;

    private long[] idHigh = new long[64];
    private long[] idLow = new long[64];
    private long[] balanceMinor = new long[64];
    private long[] minBalanceMinor = new long[64];
    private long[] version = new long[64];
    private int[] asset = new int[64];
    private int[] ledger = new int[64];
    private int[] index = newIndex(128);
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
            if (row == NONE || (idHigh[row] == high && idLow[row] == low)) {
                return row;
            }
        }
    }

    /** Adds an account that is not there yet, with balance 0 and version 1. */
    void add(UUID id, int ledgerNumber, int assetNumber, long minBalance) {
        if (rows == idHigh.length) {
            grow();
        }
        int row = rows++;
        idHigh[row] = id.getMostSignificantBits();
        idLow[row] = id.getLeastSignificantBits();
        minBalanceMinor[row] = minBalance;
        version[row] = 1;
        asset[row] = assetNumber;
        ledger[row] = ledgerNumber;
        insert(row);
    }

    /** Sets the balance after a transfer and counts the version up. */
    void move(int row, long newBalanceMinor) {
        balanceMinor[row] = newBalanceMinor;
        version[row]++;
    }

    long balanceMinor(int row) {
        return balanceMinor[row];
    }

    long minBalanceMinor(int row) {
        return minBalanceMinor[row];
    }

    long version(int row) {
        return version[row];
    }

    int asset(int row) {
        return asset[row];
    }

    int ledger(int row) {
        return ledger[row];
    }

    UUID id(int row) {
        return new UUID(idHigh[row], idLow[row]);
    }

    void ids(Consumer<UUID> each) {
        for (int row = 0; row < rows; row++) {
            each.accept(id(row));
        }
    }

    /** Sets what a snapshot says of the account added last. */
    void restore(long balance, long versionThen) {
        balanceMinor[rows - 1] = balance;
        version[rows - 1] = versionThen;
    }

    private void insert(int row) {
        int slot = slotOf(idHigh[row], idLow[row]);
        while (index[slot] != NONE) {
            slot = (slot + 1) & (index.length - 1);
        }
        index[slot] = row;
    }

    private void grow() {
        int capacity = Math.multiplyExact(idHigh.length, 2);
        idHigh = Arrays.copyOf(idHigh, capacity);
        idLow = Arrays.copyOf(idLow, capacity);
        balanceMinor = Arrays.copyOf(balanceMinor, capacity);
        minBalanceMinor = Arrays.copyOf(minBalanceMinor, capacity);
        version = Arrays.copyOf(version, capacity);
        asset = Arrays.copyOf(asset, capacity);
        ledger = Arrays.copyOf(ledger, capacity);
        index = newIndex(Math.multiplyExact(capacity, 2));
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
