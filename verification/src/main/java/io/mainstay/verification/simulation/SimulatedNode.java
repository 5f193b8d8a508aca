package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Destination;
import io.mainstay.core.gateway.HolderSearch;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.Route;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.ReadSubmission;
import io.mainstay.domain.ledger.LedgerState;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;

/** One server: every shard, and the engine's router to them. */
final class SimulatedNode {
    private final World world;
    private final int schemaVersion;
    private final CommandRouter router;
    private final Ports.Routing routing;
    private final SimulatedPost post;
    private final List<SimulatedShard> shards;
    private boolean zombie;

    SimulatedNode(World world, int schemaVersion) {
        this.world = world;
        this.schemaVersion = schemaVersion;
        this.router = new CommandRouter(world.config().shards());
        this.routing = world.ports().routing(router);
        this.post = new SimulatedPost(this, world);
        this.shards = IntStream.range(0, world.config().shards())
                .mapToObj(shard -> new SimulatedShard(shard, this, world))
                .toList();
    }

    List<SimulatedShard> shards() {
        return shards;
    }

    SimulatedPost post() {
        return post;
    }

    CommandRouter router() {
        return router;
    }

    Ports.Routing routing() {
        return routing;
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

    boolean isIdle() {
        return shards.stream().allMatch(SimulatedShard::isIdle);
    }

    void submit(Call call) {
        world.watch().submitted(call);
        Route route = call.request().command().route();
        send(call, routing.route(route));
    }

    private void send(Call call, Destination destination) {
        Request request = call.request();
        switch (destination) {
            case Destination.Refused(var outcome) -> answer(call, outcome);
            case Destination.Search search -> {
                HolderSearch holders = new HolderSearch(search, shards.size(), found -> send(call, found));
                shards.forEach(shard -> ask(shard, request.command(), holders));
            }
            case Destination.Shard(var shard, var homes) -> {
                CommandSubmission submission =
                        CommandSubmission.of(request.command(), request.logged().with(homes), replyTo(call));
                world.trace().note("command", shard, request.logged().requestHash());
                Outcome refused = shards.get(shard).offer(submission);
                if (refused != null) {
                    submission.reply().accept(refused);
                }
            }
        }
    }

    private Reply replyTo(Call call) {
        return new Reply() {
            @Override
            public void accept(Outcome outcome) {
                routing.settle(call.request().command().route(), outcome);
                answer(call, outcome);
            }

            @Override
            public void begun(Outcome.Begun begun) {
                world.trace().note("begun", begun.shard(), begun.offset());
                world.watch().begun(call, begun);
                call.begin(begun);
            }
        };
    }

    private static void ask(SimulatedShard shard, Command command, HolderSearch holders) {
        Destination.Shard destination = new Destination.Shard(shard.number(), Homes.HERE);
        Outcome refused = shard.offer(new ReadSubmission(
                (state, nextOffset) -> holders.answer(destination, state.holds(command)),
                failure -> holders.refuse(shard.number())));
        if (refused != null) {
            holders.refuse(shard.number());
        }
    }

    void read(UUID account) {
        OptionalInt home;
        try {
            home = router.locate(account);
        } catch (EngineException notYet) {
            return;
        }
        if (home.isEmpty()) {
            return;
        }
        SimulatedShard shard = shards.get(home.getAsInt());
        long answeredBefore = shard.phase() == SimulatedShard.Phase.SERVING ? shard.executedBefore() : 0;
        int life = shard.life();
        shard.offer(new ReadSubmission(
                (state, nextOffset) -> world.watch()
                        .read(new Reading(
                                shard,
                                account,
                                state.of(LedgerState.class).account(account),
                                nextOffset,
                                shard.survivedOf(answeredBefore, life))),
                refused -> {}));
    }

    private void answer(Call call, Outcome outcome) {
        world.trace().note(outcome);
        world.watch().answered(call, outcome);
        call.answer(outcome);
    }
}
