package io.mainstay.domain.inventory;

import io.mainstay.core.Invariants;
import io.mainstay.core.table.IdTable;
import java.util.Arrays;
import java.util.UUID;

/**
 * Warehouses in the order they came, in columns, and who supplies whom: each warehouse's suppliers are a chain of links in
 * arrays of primitives, the newest first.
 */
final class Warehouses {
    static final int NONE = IdTable.NONE;

    private static final int ROWS_MIN = 16;

    private final IdTable rows = new IdTable();
    private long[] high = new long[ROWS_MIN];
    private long[] low = new long[ROWS_MIN];
    private long[] version = new long[ROWS_MIN];
    private String[] tenant = new String[ROWS_MIN];
    private String[] site = new String[ROWS_MIN];
    private String[] name = new String[ROWS_MIN];

    /** The newest link of a warehouse to a supplier, and how many it has. */
    private int[] firstLink = new int[ROWS_MIN];

    private int[] suppliers = new int[ROWS_MIN];

    private int[] linkWarehouse = new int[ROWS_MIN];
    private int[] linkSupplier = new int[ROWS_MIN];
    private int[] linkMinutes = new int[ROWS_MIN];
    private int[] nextLink = new int[ROWS_MIN];
    private int links;

    int size() {
        return rows.size();
    }

    /** The row of a warehouse, or {@link #NONE}. */
    int find(UUID id) {
        return rows.get(id);
    }

    /** The row of a warehouse of this tenant, or {@link #NONE}. */
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

    String site(int row) {
        return site[row];
    }

    String name(int row) {
        return name[row];
    }

    long version(int row) {
        return version[row];
    }

    void setVersion(int row, long newVersion) {
        version[row] = newVersion;
    }

    void add(WarehouseAdded added) {
        int row = size();
        if (row == high.length) {
            grow(2 * row);
        }
        rows.put(added.id(), row);
        high[row] = added.id().getMostSignificantBits();
        low[row] = added.id().getLeastSignificantBits();
        version[row] = 1;
        tenant[row] = added.tenant();
        site[row] = added.site();
        name[row] = added.name();
        firstLink[row] = NONE;
        suppliers[row] = 0;
    }

    /** Takes the newest warehouse back. */
    void removeNewest(UUID id) {
        Invariants.check(rows.get(id) == size() - 1, "warehouse in row %d taken back, of %d", rows.get(id), size());
        rows.remove(id);
    }

    int links() {
        return links;
    }

    int linkWarehouse(int link) {
        return linkWarehouse[link];
    }

    int linkSupplier(int link) {
        return linkSupplier[link];
    }

    int linkMinutes(int link) {
        return linkMinutes[link];
    }

    /** The newest link of a warehouse, or {@link #NONE}. */
    int firstLink(int row) {
        return firstLink[row];
    }

    /** The link before this one of the same warehouse, or {@link #NONE}. */
    int nextLink(int link) {
        return nextLink[link];
    }

    int suppliers(int row) {
        return suppliers[row];
    }

    void link(int row, int supplier, long minutes) {
        if (links == nextLink.length) {
            int length = 2 * links;
            linkWarehouse = Arrays.copyOf(linkWarehouse, length);
            linkSupplier = Arrays.copyOf(linkSupplier, length);
            linkMinutes = Arrays.copyOf(linkMinutes, length);
            nextLink = Arrays.copyOf(nextLink, length);
        }
        linkWarehouse[links] = row;
        linkSupplier[links] = supplier;
        linkMinutes[links] = (int) minutes;
        nextLink[links] = firstLink[row];
        firstLink[row] = links++;
        suppliers[row]++;
    }

    /** Takes the newest link back. */
    void unlinkNewest() {
        links--;
        int row = linkWarehouse[links];
        firstLink[row] = nextLink[links];
        suppliers[row]--;
    }

    private void grow(int length) {
        high = Arrays.copyOf(high, length);
        low = Arrays.copyOf(low, length);
        version = Arrays.copyOf(version, length);
        tenant = Arrays.copyOf(tenant, length);
        site = Arrays.copyOf(site, length);
        name = Arrays.copyOf(name, length);
        firstLink = Arrays.copyOf(firstLink, length);
        suppliers = Arrays.copyOf(suppliers, length);
    }
}
