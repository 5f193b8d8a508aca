package io.mainstay.api;

import io.mainstay.core.gateway.ShardStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far the projection has come.
 *
 * @param before of each shard, the offset below which everything is projected
 */
record Projected(Map<Integer, Long> before) {
    /** A place of each shard that the answer depends on, with commas between: all up to these is in it. */
    static final String HEADER = "Mainstay-Projected";

    /** By how many commands the projection is behind the engine, in the shard where it is most; left out if unknown. */
    static final String LAG_HEADER = "Mainstay-Projection-Lag";

    Projected {
        before = Map.copyOf(before);
    }

    /** Something that was read at a position of the projection. */
    interface Reading {
        Projected projected();
    }

    /** True if everything below these offsets is projected. */
    boolean covers(Map<Integer, Long> executedBefore) {
        return executedBefore.entrySet().stream().allMatch(shard -> covers(shard.getKey(), shard.getValue()));
    }

    /** True if everything of a shard below this offset is projected. */
    boolean covers(int shard, long executedBefore) {
        return before(shard) >= executedBefore;
    }

    boolean shows(Position position) {
        return before(position.shard()) > position.offset();
    }

    /** How far a shard has come; at offset -1 if nothing of it is projected. */
    Position of(int shard) {
        return new Position(shard, before(shard) - 1);
    }

    /** States in an answer how far one shard has come. */
    Reply stamp(Reply reply, int shard, List<ShardStatus> engine) {
        return stamp(reply, only(shard, engine));
    }

    /** The same in a problem. */
    Problem stamp(Problem problem, int shard, List<ShardStatus> engine) {
        Problem stamped = problem;
        for (Map.Entry<String, String> header : headers(only(shard, engine)).entrySet()) {
            stamped = stamped.withHeader(header.getKey(), header.getValue());
        }
        return stamped;
    }

    /** States in an answer how far these shards have come, and how far behind the engine that is. */
    Reply stamp(Reply reply, List<ShardStatus> engine) {
        Reply stamped = reply;
        for (Map.Entry<String, String> header : headers(engine).entrySet()) {
            stamped = stamped.with(header.getKey(), header.getValue());
        }
        return stamped;
    }

    private Map<String, String> headers(List<ShardStatus> engine) {
        Map<String, String> headers = new TreeMap<>();
        headers.put(
                HEADER,
                engine.stream().map(status -> of(status.shard()).toString()).collect(Collectors.joining(", ")));
        engine.stream()
                .filter(status -> status.phase().isRunning())
                .mapToLong(status -> Math.max(0, status.nextOffset() - before(status.shard())))
                .max()
                .ifPresent(lag -> headers.put(LAG_HEADER, Long.toString(lag)));
        return headers;
    }

    private static List<ShardStatus> only(int shard, List<ShardStatus> engine) {
        return engine.stream().filter(status -> status.shard() == shard).toList();
    }

    private long before(int shard) {
        return before.getOrDefault(shard, 0L);
    }
}
