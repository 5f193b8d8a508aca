package io.mainstay.api;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far this server has seen each shard's projection go on without a gap. What another server has projected in between is a
 * gap: nothing is known of it, and the range begins anew behind it.
 */
final class SeenCommits {
    private final Map<Integer, Range> ranges = new ConcurrentHashMap<>();

    /** A transaction is committed, and all that it changed was dealt with. */
    void add(int shard, long firstOffset, long nextOffset) {
        ranges.merge(
                shard,
                new Range(firstOffset, nextOffset),
                (seen, fresh) ->
                        seen.nextOffset == fresh.firstOffset ? new Range(seen.firstOffset, fresh.nextOffset) : fresh);
    }

    /** What was seen joins up with nothing that comes. */
    void forget() {
        ranges.clear();
    }

    /** What was seen up to now, of each shard. */
    Map<Integer, Range> ranges() {
        return Map.copyOf(ranges);
    }

    /** Where something is still right that was read at a position and that no transaction of these has changed. */
    static Projected extend(Projected read, Map<Integer, Range> ranges) {
        Map<Integer, Long> before = new HashMap<>(read.before());
        ranges.forEach((shard, seen) -> {
            if (read.covers(shard, seen.firstOffset)) {
                before.merge(shard, seen.nextOffset, Math::max);
            }
        });
        return new Projected(before);
    }

    /** Every transaction of a shard between two offsets. */
    record Range(long firstOffset, long nextOffset) {}
}
