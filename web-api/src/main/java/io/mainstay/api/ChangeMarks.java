package io.mainstay.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far a reading of a row has to come to show the last change of it that was seen. Rows share a fixed number of marks by
 * their hash: so a reading may be asked for more than its row needs, never for less.
 */
final class ChangeMarks {
    private static final int COUNT = 1 << 12;

    private final Map<Integer, AtomicLongArray> shards = new ConcurrentHashMap<>();

    /** A transaction has changed the row: readings of it that come less far do not show that. */
    void mark(Object row, int shard, long nextOffset) {
        shards.computeIfAbsent(shard, fresh -> new AtomicLongArray(COUNT))
                .accumulateAndGet(index(row), nextOffset, Math::max);
    }

    /** Whether a reading shows all changes of the row that were seen. */
    boolean areCovered(Object row, Projected projected) {
        int index = index(row);
        for (Map.Entry<Integer, AtomicLongArray> marks : shards.entrySet()) {
            if (!projected.covers(marks.getKey(), marks.getValue().get(index))) {
                return false;
            }
        }
        return true;
    }

    private static int index(Object row) {
        int hash = row.hashCode();
        return (hash ^ hash >>> 16) & COUNT - 1;
    }
}
