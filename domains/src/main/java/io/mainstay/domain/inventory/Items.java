package io.mainstay.domain.inventory;

import io.mainstay.core.Invariants;
import io.mainstay.core.table.IdTable;
import java.util.Arrays;
import java.util.UUID;

/** Items in the order this shard came to know them, in columns, with what came and went of each here. */
final class Items {
    static final int NONE = IdTable.NONE;

    private static final int ROWS_MIN = 16;

    private final IdTable rows = new IdTable();
    private long[] high = new long[ROWS_MIN];
    private long[] low = new long[ROWS_MIN];
    private String[] tenant = new String[ROWS_MIN];
    private String[] sku = new String[ROWS_MIN];

    /** True for items that were added on this shard. */
    private boolean[] home = new boolean[ROWS_MIN];

    /** One for each {@link Flow} of each row. */
    private long[] totals = new long[Flow.COUNT * ROWS_MIN];

    /** The newest stock of an item. */
    private int[] firstStock = new int[ROWS_MIN];

    int size() {
        return rows.size();
    }

    /** The row of an item, or {@link #NONE}. */
    int find(UUID id) {
        return rows.get(id);
    }

    /** The row of an item of this tenant, or {@link #NONE}. */
    int find(String ofTenant, UUID id) {
        int row = rows.get(id);
        return row == NONE || !tenant[row].equals(ofTenant) ? NONE : row;
    }

    UUID id(int row) {
        return new UUID(high[row], low[row]);
    }

    String tenant(int row) {
        return tenant[row];
    }

    String sku(int row) {
        return sku[row];
    }

    boolean isHome(int row) {
        return home[row];
    }

    long total(int row, Flow flow) {
        return totals[Flow.COUNT * row + flow.index()];
    }

    void setTotal(int row, Flow flow, long pieces) {
        totals[Flow.COUNT * row + flow.index()] = pieces;
    }

    /** Pieces that have to lie in this shard's warehouses, by what came and went. */
    long balance(int row) {
        long sum = 0;
        for (Flow flow : Flow.COUNTED) {
            sum += flow.sign() * total(row, flow);
        }
        return sum;
    }

    int firstStock(int row) {
        return firstStock[row];
    }

    void setFirstStock(int row, int stock) {
        firstStock[row] = stock;
    }

    void add(String ofTenant, UUID id, String newSku, boolean isHome) {
        int row = size();
        if (row == high.length) {
            grow(2 * row);
        }
        rows.put(id, row);
        high[row] = id.getMostSignificantBits();
        low[row] = id.getLeastSignificantBits();
        tenant[row] = ofTenant;
        sku[row] = newSku;
        home[row] = isHome;
        Arrays.fill(totals, Flow.COUNT * row, Flow.COUNT * (row + 1), 0);
        firstStock[row] = StockTable.NONE;
    }

    /** Takes the newest item back. */
    void removeNewest(UUID id) {
        Invariants.check(rows.get(id) == size() - 1, "item in row %d taken back, of %d", rows.get(id), size());
        rows.remove(id);
    }

    private void grow(int length) {
        high = Arrays.copyOf(high, length);
        low = Arrays.copyOf(low, length);
        tenant = Arrays.copyOf(tenant, length);
        sku = Arrays.copyOf(sku, length);
        home = Arrays.copyOf(home, length);
        totals = Arrays.copyOf(totals, Flow.COUNT * length);
        firstStock = Arrays.copyOf(firstStock, length);
    }
}
