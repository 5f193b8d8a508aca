package io.mainstay.domain.inventory;

import io.mainstay.core.table.IdTable;
import java.util.Arrays;

/**
 * Stock of items in warehouses, in columns of primitives: 36 bytes each, and an open-addressing index of 24 bytes a slot by
 * the rows of warehouse and item. The stocks of an item are chained, the newest first.
 *
 * <p>Hot: a look-up touches one place of the index and one row, and allocates nothing.
 */
final class StockTable {
    static final int NONE = IdTable.NONE;

    private static final int ROWS_MIN = 64;

    private final IdTable index = new IdTable();
    private int[] warehouse = new int[ROWS_MIN];
    private int[] item = new int[ROWS_MIN];
    private int[] nextOfItem = new int[ROWS_MIN];
    private long[] onHand = new long[ROWS_MIN];
    private long[] reserved = new long[ROWS_MIN];
    private long[] version = new long[ROWS_MIN];

    int size() {
        return index.size();
    }

    /** The row of an item's stock in a warehouse, or {@link #NONE}. */
    int find(int warehouseRow, int itemRow) {
        return index.get(warehouseRow, itemRow);
    }

    int warehouse(int row) {
        return warehouse[row];
    }

    int item(int row) {
        return item[row];
    }

    /** The stock of the same item that came before this one, or {@link #NONE}. */
    int nextOfItem(int row) {
        return nextOfItem[row];
    }

    long onHand(int row) {
        return onHand[row];
    }

    long reserved(int row) {
        return reserved[row];
    }

    long version(int row) {
        return version[row];
    }

    void set(int row, long newOnHand, long newReserved, long newVersion) {
        onHand[row] = newOnHand;
        reserved[row] = newReserved;
        version[row] = newVersion;
    }

    /** Adds an empty stock in front of its item's others. */
    int add(int warehouseRow, int itemRow, Items items) {
        int row = size();
        if (row == warehouse.length) {
            grow(2 * row);
        }
        index.put(warehouseRow, itemRow, row);
        warehouse[row] = warehouseRow;
        item[row] = itemRow;
        nextOfItem[row] = items.firstStock(itemRow);
        items.setFirstStock(itemRow, row);
        set(row, 0, 0, 0);
        return row;
    }

    /** Takes the newest stock back. */
    void removeNewest(Items items) {
        int row = size() - 1;
        index.remove(warehouse[row], item[row]);
        items.setFirstStock(item[row], nextOfItem[row]);
    }

    private void grow(int length) {
        warehouse = Arrays.copyOf(warehouse, length);
        item = Arrays.copyOf(item, length);
        nextOfItem = Arrays.copyOf(nextOfItem, length);
        onHand = Arrays.copyOf(onHand, length);
        reserved = Arrays.copyOf(reserved, length);
        version = Arrays.copyOf(version, length);
    }
}
