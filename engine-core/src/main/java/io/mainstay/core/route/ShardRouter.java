package io.mainstay.core.route;

import java.util.ArrayList;
import java.util.List;
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
        return shard == UNDECIDED ? hashed(route) : shard;
    }

    private int hashed(Route route) {
        return Math.floorMod(mix(route.leading().hashCode()), shards);
    }

    /** The shard of all that a route names, or {@link #CROSS_SHARD} if they live on several. */
    public int shardOfAll(Route.Spanning route) {
        int shard = together(route.aggregates());
        return shard == UNDECIDED ? hashed(route) : shard;
    }

    /** Those of a route's aggregates that live on other shards than this one. */
    public Homes homes(Route.Spanning route, int here) {
        List<Homes.Home> elsewhere = new ArrayList<>();
        for (UUID id : route.aggregates()) {
            int shard = aggregates.find(id).orElse(here);
            if (shard != here
                    && elsewhere.stream().noneMatch(home -> home.aggregate().equals(id))) {
                elsewhere.add(new Homes.Home(id, shard));
            }
        }
        return elsewhere.isEmpty() ? Homes.HERE : new Homes(elsewhere);
    }

    /** As {@link #shardOf}, or {@link #UNDECIDED} if all it names is unknown. */
    private int decided(Route route) {
        return switch (route) {
            case Route.Creating(var key, var aggregate) ->
                aggregates.find(aggregate).orElseGet(() -> shardOf(key));
            case Route.Existing(var ids) -> together(ids);
            case Route.Spanning(var ids) -> {
                int shard = together(ids);
                yield shard == CROSS_SHARD ? firstKnown(ids) : shard;
            }
            case Route.Unlisted(var id) -> UNDECIDED;
            case Route.Several(var routes) -> {
                int shard = UNDECIDED;
                for (Route each : routes) {
                    // What spans shards alone does not among others: all of a group is decided by one.
                    shard = both(shard, each instanceof Route.Spanning(var ids) ? together(ids) : decided(each));
                }
                yield shard;
            }
        };
    }

    private int together(List<UUID> ids) {
        int shard = UNDECIDED;
        for (int index = 0; index < ids.size(); index++) {
            shard = both(shard, aggregates.find(ids.get(index)).orElse(UNDECIDED));
        }
        return shard;
    }

    private int firstKnown(List<UUID> ids) {
        int shard = UNDECIDED;
        for (int index = 0; index < ids.size() && shard == UNDECIDED; index++) {
            shard = aggregates.find(ids.get(index)).orElse(UNDECIDED);
        }
        return shard;
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
