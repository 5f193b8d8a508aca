package io.mainstay.domain.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * Looks for the nearest warehouse that has an item, by lead time (Dijkstra), going from each warehouse to its suppliers. Of
 * two as near, the one that was added first is found.
 */
final class SupplySearch {
    private static final long UNREACHED = Long.MAX_VALUE;

    private final InventoryState state;
    private final Warehouses warehouses;
    private final int item;
    private final long[] minutes;
    private final int[] towards;
    private final PriorityQueue<Reached> reached = new PriorityQueue<>();

    /** A warehouse that supplies the one that is searched for within some time. */
    private record Reached(long minutes, int row) implements Comparable<Reached> {
        @Override
        public int compareTo(Reached other) {
            int byTime = Long.compare(minutes, other.minutes);
            return byTime == 0 ? Integer.compare(row, other.row) : byTime;
        }
    }

    SupplySearch(InventoryState state, int item) {
        this.state = state;
        this.warehouses = state.warehouses();
        this.item = item;
        this.minutes = new long[warehouses.size()];
        this.towards = new int[warehouses.size()];
    }

    /** True if a warehouse supplies another one, directly or through others. */
    static boolean supplies(Warehouses warehouses, int source, int target) {
        boolean[] seen = new boolean[warehouses.size()];
        int[] waiting = new int[warehouses.size()];
        int count = 0;
        waiting[count++] = target;
        seen[target] = true;
        while (count > 0) {
            int next = waiting[--count];
            if (next == source) {
                return true;
            }
            for (int link = warehouses.firstLink(next); link != Warehouses.NONE; link = warehouses.nextLink(link)) {
                int found = warehouses.linkSupplier(link);
                if (!seen[found]) {
                    seen[found] = true;
                    waiting[count++] = found;
                }
            }
        }
        return false;
    }

    /** The way to a warehouse; it may be the warehouse itself. */
    Optional<SupplyPath> find(int target) {
        Arrays.fill(minutes, UNREACHED);
        reach(target, 0, Warehouses.NONE);
        while (!reached.isEmpty()) {
            Reached nearest = reached.remove();
            int row = nearest.row();
            if (nearest.minutes() > minutes[row]) {
                continue;
            }
            long available = state.available(row, item);
            if (available > 0) {
                return Optional.of(new SupplyPath(stops(row), minutes[row], available));
            }
            for (int link = warehouses.firstLink(row); link != Warehouses.NONE; link = warehouses.nextLink(link)) {
                reach(warehouses.linkSupplier(link), minutes[row] + warehouses.linkMinutes(link), row);
            }
        }
        return Optional.empty();
    }

    private void reach(int row, long after, int from) {
        if (after < minutes[row]) {
            minutes[row] = after;
            towards[row] = from;
            reached.add(new Reached(after, row));
        }
    }

    private List<UUID> stops(int from) {
        List<UUID> stops = new ArrayList<>();
        for (int row = from; row != Warehouses.NONE; row = towards[row]) {
            stops.add(warehouses.id(row));
        }
        return stops;
    }
}
