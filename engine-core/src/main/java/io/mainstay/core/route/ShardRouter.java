package io.mainstay.core.route;

import java.util.UUID;

/** Finds the shard of a command: by the hash of its key, or by where its aggregates live. */
public final class ShardRouter {
    /** Returned by {@link #shardOf} when the aggregates live on different shards. */
    public static final int CROSS_SHARD = -1;

    private static final int UNDECIDED = -2;

    private final int shards;
    private final Directory aggregates;

    public ShardRouter(int shards, Directory aggregates) {
        if (shards < 1) {
            throw new IllegalArgumentException("shards " + shards + ", at least 1 wanted");
        }
        this.shards = shards;
        this.aggregates = aggregates;
    }

    /** The shard of a key. Stable for ever: a change would send old keys to other shards. */
    public int shardOf(String key) {
        return Math.floorMod(mix(key.hashCode()), shards);
    }

    /** The shard of a route, or {@link #CROSS_SHARD}. Aggregates that nobody knows do not decide the shard. */
    public int shardOf(Route route) {
        int shard = decided(route);
        return shard == UNDECIDED ? Math.floorMod(mix(route.leading().hashCode()), shards) : shard;
    }

    /** As {@link #shardOf}, or {@link #UNDECIDED} if all it names is unknown. */
    private int decided(Route route) {
        return switch (route) {
            case Route.Creating(var key, var aggregate) ->
                aggregates.find(aggregate).orElseGet(() -> shardOf(key));
            case Route.Existing(var ids) -> {
                int shard = UNDECIDED;
                for (UUID id : ids) {
                    shard = both(shard, aggregates.find(id).orElse(UNDECIDED));
                }
                yield shard;
            }
            case Route.Several(var routes) -> {
                int shard = UNDECIDED;
                for (Route each : routes) {
                    shard = both(shard, decided(each));
                }
                yield shard;
            }
        };
    }

    private static int both(int one, int other) {
        if (one == UNDECIDED || one == other) {
            return other;
        }
        return other == UNDECIDED ? one : CROSS_SHARD;
    }

    /** The finalizer of MurmurHash3 (Austin Appleby, public domain): spreads hash codes that differ in few bits. */
    private static int mix(int hash) {
        int mixed = hash;
        mixed ^= mixed >>> 16;
        mixed *= 0x85ebca6b;
        mixed ^= mixed >>> 13;
        mixed *= 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
