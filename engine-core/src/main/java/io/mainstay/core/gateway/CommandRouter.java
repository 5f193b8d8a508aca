package io.mainstay.core.gateway;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.route.Directory;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.route.Route;
import io.mainstay.core.route.ShardRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sends commands to shards, for any thread, so that a request reaches the same shard however often it is repeated.
 *
 * <p>An aggregate is made on the shard that the hash of its command's key names, and stays there. What nobody is known to
 * hold goes somewhere only when every shard has told what it holds: one whose log is damaged keeps new aggregates from
 * being made, for it may have made them already. An id that a command is about to make is claimed
 * until that command's fate is known; meanwhile no other shard makes it.
 */
public final class CommandRouter {
    private static final int RETRY_RECOVERING_MILLIS = 1000;
    private static final int RETRY_CLAIMED_MILLIS = 100;
    private static final String RECOVERING = "it has not recovered yet and may hold what the request is about";
    private static final String CLAIMED = "another shard is about to make the same aggregate";
    private static final Destination CROSS_SHARD = new Destination.Refused(new Outcome.CrossShard());

    private final Directory aggregates = new Directory();
    private final ShardRouter router;
    private final List<Destination.Shard> taken;
    private final List<Destination> claimed;

    /** By shard; guarded by this, as what follows. */
    private final List<List<UUID>> unknown;

    private final boolean[] recovered;

    /** Shards that have not told what they hold. */
    private volatile int silent;

    public CommandRouter(int shards) {
        this.router = new ShardRouter(shards, aggregates);
        this.taken = IntStream.range(0, shards)
                .mapToObj(shard -> new Destination.Shard(shard, Homes.HERE))
                .toList();
        this.claimed = IntStream.range(0, shards)
                .<Destination>mapToObj(
                        shard -> new Destination.Refused(new Outcome.Unavailable(shard, CLAIMED, RETRY_CLAIMED_MILLIS)))
                .toList();
        this.unknown = IntStream.range(0, shards)
                .<List<UUID>>mapToObj(shard -> new ArrayList<>())
                .toList();
        this.recovered = new boolean[shards];
        this.silent = shards;
    }

    /** Is to be told what each shard holds, before the shard is said to have {@link #recovered}. */
    public KnownIds aggregates() {
        return aggregates;
    }

    /**
     * Where a command goes now. Hot: one call per command; allocates nothing but refusals.
     *
     * <p>The shards are asked for before the route: one that recovers in between has made its ids known by then, and what
     * is known stays known.
     */
    public Destination route(Route route) {
        return switch (route) {
            case Route.Creating creating -> make(creating);
            case Route.Existing existing -> find(existing, existing.aggregates());
            case Route.Spanning spanning -> find(spanning);
            case Route.Unlisted unlisted ->
                new Destination.Search(unlisted.aggregate(), taken.get(router.shardOf(unlisted)));
            case Route.Several several -> group(several);
        };
    }

    /**
     * The shard that holds an aggregate, or empty if none does; {@link EngineException} RETRY while a shard that may hold
     * it has not recovered.
     */
    public OptionalInt locate(UUID aggregate) {
        int missing = silent;
        OptionalInt home = aggregates.find(aggregate);
        if (home.isEmpty() && missing > 0) {
            throw new EngineException(Severity.RETRY, "shard " + firstSilent() + ": " + RECOVERING);
        }
        return home;
    }

    /** True if some shard has told that it holds the aggregate. */
    public boolean isKnown(UUID aggregate) {
        return aggregates.find(aggregate).isPresent();
    }

    /** True if {@link #route} begins something for such a route, and {@link #settle} has to end it. */
    public static boolean claims(Route route) {
        return route instanceof Route.Creating || route instanceof Route.Several;
    }

    /**
     * Ends what {@link #route} began. As long as nobody knows whether the command stands in the broken log of its shard,
     * its claim stays: until the shard has read that log.
     */
    public void settle(Route route, Outcome outcome) {
        switch (route) {
            case Route.Creating(var key, var aggregate) -> {
                if (outcome instanceof Outcome.Unknown fate) {
                    hold(fate.shard(), aggregate);
                } else {
                    aggregates.settle(aggregate);
                }
            }
            case Route.Existing existing -> {}
            case Route.Spanning spanning -> {}
            case Route.Unlisted unlisted -> {}
            case Route.Several(var routes) -> routes.forEach(each -> settle(each, outcome));
        }
    }

    /** The shard has read its log to the end and has told all that it holds. */
    public synchronized void recovered(int shard) {
        silent -= recovered[shard] ? 0 : 1;
        recovered[shard] = true;
        unknown.get(shard).forEach(aggregates::settle);
        unknown.get(shard).clear();
    }

    public int shards() {
        return recovered.length;
    }

    /** Ids that some shard holds or is about to make. */
    public int size() {
        return aggregates.size();
    }

    private Destination make(Route.Creating creating) {
        UUID id = creating.aggregate();
        if (silent > 0 && aggregates.find(id).isEmpty()) {
            return recovering();
        }
        int shard = router.shardOf(creating);
        if (aggregates.claim(id, shard) != shard) {
            aggregates.settle(id);
            return claimed.get(shard);
        }
        return taken.get(shard);
    }

    private Destination find(Route route, List<UUID> aggregates) {
        if (silent > 0 && !allKnown(aggregates, List.of())) {
            return recovering();
        }
        int shard = router.shardOf(route);
        return shard == ShardRouter.CROSS_SHARD ? CROSS_SHARD : taken.get(shard);
    }

    private Destination find(Route.Spanning spanning) {
        if (silent > 0 && !allKnown(spanning.aggregates(), List.of())) {
            return recovering();
        }
        int shard = router.shardOfAll(spanning);
        if (shard != ShardRouter.CROSS_SHARD) {
            return taken.get(shard);
        }
        int first = router.shardOf(spanning);
        return new Destination.Shard(first, router.homes(spanning, first));
    }

    /** What the group creates counts as known to the commands behind it. */
    private Destination group(Route.Several several) {
        List<UUID> created = created(several);
        if (silent > 0 && !allKnown(several, created)) {
            return recovering();
        }
        int shard = router.shardOf(several);
        if (shard == ShardRouter.CROSS_SHARD) {
            return CROSS_SHARD;
        }
        for (int index = 0; index < created.size(); index++) {
            if (aggregates.claim(created.get(index), shard) != shard) {
                created.subList(0, index + 1).forEach(aggregates::settle);
                return claimed.get(shard);
            }
        }
        return taken.get(shard);
    }

    private static List<UUID> created(Route route) {
        return switch (route) {
            case Route.Creating(var key, var aggregate) -> List.of(aggregate);
            case Route.Existing existing -> List.of();
            case Route.Spanning spanning -> List.of();
            case Route.Unlisted unlisted -> List.of();
            case Route.Several(var routes) ->
                routes.stream().flatMap(each -> created(each).stream()).toList();
        };
    }

    private boolean allKnown(Route route, List<UUID> created) {
        return switch (route) {
            case Route.Creating(var key, var aggregate) ->
                aggregates.find(aggregate).isPresent();
            case Route.Existing(var ids) -> allKnown(ids, created);
            case Route.Spanning(var ids) -> allKnown(ids, created);
            case Route.Unlisted unlisted -> true;
            case Route.Several(var routes) -> routes.stream().allMatch(each -> allKnown(each, created));
        };
    }

    private boolean allKnown(List<UUID> ids, List<UUID> created) {
        for (int index = 0; index < ids.size(); index++) {
            UUID id = ids.get(index);
            if (!created.contains(id) && aggregates.find(id).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Destination recovering() {
        return new Destination.Refused(new Outcome.Unavailable(firstSilent(), RECOVERING, RETRY_RECOVERING_MILLIS));
    }

    private synchronized int firstSilent() {
        return IntStream.range(0, recovered.length)
                .filter(shard -> !recovered[shard])
                .findFirst()
                .orElse(0);
    }

    private synchronized void hold(int shard, UUID aggregate) {
        unknown.get(shard).add(aggregate);
    }
}
