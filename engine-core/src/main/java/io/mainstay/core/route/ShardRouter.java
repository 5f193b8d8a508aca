package io.mainstay.core.route;

import java.util.OptionalInt;
import java.util.UUID;

/** Finds the shard of a command: by the hash of its key, or by where its aggregates live. */
public final class ShardRouter {
    /** Returned by {@link #shardOf} when the aggregates live on different shards. */
    public static final int CROSS_SHARD = -1;

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
        return switch (route) {
            case Route.Creating(var key, var aggregate) ->
                aggregates.find(aggregate).orElseGet(() -> shardOf(key));
            case Route.Existing(var ids) -> {
                int shard = Integer.MIN_VALUE;
                for (UUID id : ids) {
                    OptionalInt known = aggregates.find(id);
                    if (known.isPresent() && shard != Integer.MIN_VALUE && known.getAsInt() != shard) {
                        yield CROSS_SHARD;
                    }
                    shard = known.orElse(shard);
                }
                yield shard == Integer.MIN_VALUE ? Math.floorMod(mix(ids.get(0).hashCode()), shards) : shard;
            }
        };
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
