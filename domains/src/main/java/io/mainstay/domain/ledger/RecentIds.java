package io.mainstay.domain.ledger;

import io.mainstay.core.table.IdTable;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;

/** The last ids of a kind, up to a fixed number; the oldest is forgotten first. In primitives: there are millions. */
final class RecentIds {
    private static final int ROWS_MIN = 1024;

    private final int countMax;
    private final IdTable rows = new IdTable();
    private long[] high = new long[ROWS_MIN];
    private long[] low = new long[ROWS_MIN];
    private int count;
    private int oldest;

    RecentIds(int countMax) {
        this.countMax = countMax;
    }

    boolean contains(UUID id) {
        return rows.get(id) != IdTable.NONE;
    }

    void oldestFirst(Consumer<UUID> each) {
        for (int index = 0; index < count; index++) {
            int row = (oldest + index) % countMax;
            each.accept(new UUID(high[row], low[row]));
        }
    }

    /** Adds an id that is not there. */
    void add(UUID id) {
        int row = count;
        if (count == countMax) {
            row = oldest;
            rows.remove(high[row], low[row]);
            oldest = (oldest + 1) % countMax;
        } else {
            if (count == high.length) {
                int capacity = (int) Math.min(countMax, 2L * count);
                high = Arrays.copyOf(high, capacity);
                low = Arrays.copyOf(low, capacity);
            }
            count++;
        }
        high[row] = id.getMostSignificantBits();
        low[row] = id.getLeastSignificantBits();
        rows.put(id, row);
    }
}
