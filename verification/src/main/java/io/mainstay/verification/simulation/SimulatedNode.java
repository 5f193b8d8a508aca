package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.route.Directory;
import io.mainstay.core.route.Route;
import io.mainstay.core.route.ShardRouter;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.ReadSubmission;
import io.mainstay.domain.ledger.LedgerState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One server: every shard, the directories, and the routing to them, as the engine's host does it. */
final class SimulatedNode {
    private final World world;
    private final int schemaVersion;
    private final Directory aggregates = new Directory();
    private final Directory keys = new Directory();
    private final Ports.Claims aggregateClaims;
    private final Ports.Claims keyClaims;
    private final ShardRouter router;
    private final List<SimulatedShard> shards;
    /** Claims of commands that may stand in a broken log: they hold until the shard has read it. */
    private final List<Claimed> unknown = new ArrayList<>();

    private boolean zombie;

    SimulatedNode(World world, int schemaVersion) {
        this.world = world;
        this.schemaVersion = schemaVersion;
        this.aggregateClaims = world.ports().claims(aggregates);
        this.keyClaims = world.ports().claims(keys);
        this.router = new ShardRouter(world.config().shards(), aggregates);
        this.shards = IntStream.range(0, world.config().shards())
                .mapToObj(shard -> new SimulatedShard(shard, this, world))
                .toList();
    }

    List<SimulatedShard> shards() {
        return shards;
    }

    Directory aggregates() {
        return aggregates;
    }

    Directory keys() {
        return keys;
    }

    int schemaVersion() {
        return schemaVersion;
    }

    /** True once another node was started in this one's place without this one knowing. */
    boolean isZombie() {
        return zombie;
    }

    void outlive() {
        zombie = true;
    }

    /** True once the directories know what every shard holds: before that, an id nobody knows may still be known. */
    boolean isOpen() {
        return shards.stream().allMatch(SimulatedShard::isAnnounced);
    }

    boolean isIdle() {
        return shards.stream().allMatch(SimulatedShard::isIdle);
    }

    void submit(Call call) {
        if (world.ports().waitsForEveryShard() && !isOpen()) {
            answer(call, new Outcome.Unavailable(-1, "not every shard has recovered", 1000));
            return;
        }
        Request request = call.request();
        Route route = request.command().route();
        int routed = router.shardOf(route);
        if (routed == ShardRouter.CROSS_SHARD) {
            answer(call, new Outcome.CrossShard());
            return;
        }
        UUID creating = route instanceof Route.Creating(var name, var aggregate) ? aggregate : null;
        int home = creating == null ? routed : aggregateClaims.claim(creating, routed);
        int shard = keyClaims.claim(request.key(), home);
        CommandSubmission submission =
                CommandSubmission.of(request.command(), request.logged(), outcome -> settle(call, creating, outcome));
        world.trace().note("command", shard, request.logged().requestHash());
        Outcome refused = shards.get(shard).offer(submission);
        if (refused != null) {
            submission.reply().accept(refused);
        }
    }

    void read(UUID account) {
        OptionalInt home = aggregates.find(account);
        if (home.isEmpty()) {
            return;
        }
        SimulatedShard shard = shards.get(home.getAsInt());
        long answeredBefore = shard.phase() == SimulatedShard.Phase.SERVING ? shard.executedBefore() : 0;
        shard.offer(new ReadSubmission(
                (state, nextOffset) -> world.watch()
                        .read(new Reading(
                                shard,
                                account,
                                state.of(LedgerState.class).account(account),
                                nextOffset,
                                answeredBefore)),
                refused -> {}));
    }

    /** A shard has come back, so what became of its unknown commands is known. */
    void settleUnknown(int shard) {
        unknown.removeIf(claimed -> {
            if (claimed.shard() == shard) {
                settle(claimed.key(), claimed.creating());
            }
            return claimed.shard() == shard;
        });
    }

    private void settle(Call call, @Nullable UUID creating, Outcome outcome) {
        UUID key = call.request().key();
        if (outcome instanceof Outcome.Unknown fate && world.ports().keepsUnknownClaims()) {
            unknown.add(new Claimed(fate.shard(), key, creating));
        } else {
            settle(key, creating);
        }
        answer(call, outcome);
    }

    private void settle(UUID key, @Nullable UUID creating) {
        keyClaims.settle(key);
        if (creating != null) {
            aggregateClaims.settle(creating);
        }
    }

    private void answer(Call call, Outcome outcome) {
        world.trace().note(outcome);
        world.watch().answered(call, outcome);
        call.answer(outcome);
    }

    private record Claimed(int shard, UUID key, @Nullable UUID creating) {}
}
