package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run: one seed, one thread, virtual time.
 *
 * <p>Clients act, shards are polled and faults happen in an order that the seed draws. Then the faults stop, all that
 * waits is finished, everything is started anew from the disks, and the clients ask for everything a last time.
 */
final class Simulation {
    private static final int STEP_MICROS_MAX = 300;
    private static final int FINISHING_ROUNDS_MAX = 20_000;
    /** Time that passes at once when nothing but time can bring anything about: more and more of it. */
    private static final int QUIET_MICROS = 1_000;

    private static final int QUIET_MICROS_MAX = 5_000_000;

    private static final int LOOK_EVERY_STEPS = 40;
    private static final int ASKED_AGAIN = 150;
    /** An operator lets in again more often than he keeps out, or nothing would happen. */
    private static final List<Fault> ORDERS =
            List.of(Fault.SHARD_PAUSED, Fault.SHARD_DRAINED, Fault.SHARD_RESUMED, Fault.SHARD_RESUMED);

    private static final String LIVENESS = "EverythingIsFinished";

    private final long seed;
    private final Dice dice;
    private final SimulationConfig config;
    private final VirtualClock clock = new VirtualClock();
    private final Trace trace = new Trace();
    private final World world;
    private final Workload workload;
    private final Map<SagaMoment, Long> moments = new HashMap<>();
    private int schemaVersion = 1;
    private long step;
    private SimulatedNode node;
    private @Nullable SimulatedNode zombie;

    Simulation(long seed, Ports ports) {
        this(seed, ports, new AllInvariants());
    }

    Simulation(long seed, Ports ports, Invariant watch) {
        this.seed = seed;
        this.dice = new Dice(seed);
        this.config = SimulationConfig.draw(dice);
        List<ShardStorage> storage = IntStream.range(0, config.shards())
                .mapToObj(shard -> new ShardStorage(shard, config, dice, clock, trace))
                .toList();
        this.world = new World(config, dice, clock, trace, ports, storage, watch);
        this.workload = new Workload(config, dice.split());
        this.node = new SimulatedNode(world, schemaVersion);
    }

    /** Runs to the end; throws {@link SimulationFailure} where an invariant breaks. */
    Result run() {
        try {
            for (int left = config.steps(); left > 0; left--) {
                step();
            }
            finish();
            askAgain();
        } catch (InvariantBroken broken) {
            throw new SimulationFailure(seed, step, broken, trace.tail());
        } catch (RuntimeException bug) {
            InvariantBroken broken = new InvariantBroken("NothingElseIsThrown", bug.toString());
            broken.initCause(bug);
            throw new SimulationFailure(seed, step, broken, trace.tail());
        }
        Map<SagaEnding, Long> endings = new HashMap<>();
        world.storage().stream()
                .flatMap(storage -> SagaEnding.of(storage).stream())
                .forEach(ending -> endings.merge(ending, 1L, Long::sum));
        return new Result(seed, step, workload.decidedCount(), trace, moments, endings);
    }

    private void step() {
        passTime();
        if (dice.chance(config.faultChance())) {
            disturb();
        } else if (dice.chance(config.clientChance())) {
            workload.act(zombie != null && dice.chance(0.3) ? zombie : node);
        } else {
            List<SimulatedShard> shards = zombie != null && dice.chance(0.4) ? zombie.shards() : node.shards();
            dice.oneOf(shards).work();
        }
        if (step % LOOK_EVERY_STEPS == 0) {
            world.watch().looked(node);
        }
        if (config.bitFlips() && step == config.steps() / 2) {
            flipBit();
        }
    }

    private void passTime() {
        trace.step(++step);
        clock.advance(dice.below(STEP_MICROS_MAX));
        world.storage().forEach(storage -> storage.log().advance());
        node.post().advance();
        if (zombie != null) {
            zombie.post().advance();
        }
    }

    private void disturb() {
        ShardStorage storage = dice.oneOf(world.storage());
        SimulatedShard shard = dice.oneOf(node.shards());
        int roll = dice.below(100);
        if (roll < 25) {
            breaks(shard, Fault.SHARD_CRASH);
            trace.note(Fault.SHARD_CRASH, shard.number(), step);
            shard.crash();
        } else if (roll < 33) {
            crashNode();
        } else if (roll < 39) {
            takeOver();
        } else if (roll < 45) {
            restartInOrder();
        } else if (roll < 55) {
            storage.log().stall(dice.scaled(1_000, 50_000));
        } else if (roll < 61) {
            boolean far = dice.chance(0.3);
            leap(Fault.CLOCK_LEAP, far ? dice.between(5_000_000, 20_000_000) : dice.scaled(1_000, 3_000_000));
        } else if (roll < 67) {
            leap(Fault.CLOCK_BACK, -dice.scaled(1_000, 3_000_000));
        } else if (roll < 75) {
            shard.operate(dice.oneOf(ORDERS));
        } else if (roll < 93) {
            shard.keep();
        } else {
            storage.snapshots().damageOne(storage.log().truncatedBefore() == 0);
        }
    }

    private void breaks(SimulatedShard shard, Fault fault) {
        if (shard.phase() == SimulatedShard.Phase.SERVING) {
            SagaMoment.of(shard, fault).forEach(moment -> moments.merge(moment, 1L, Long::sum));
        }
    }

    private void leap(Fault fault, long micros) {
        trace.note(fault, -1, micros);
        clock.skew(micros);
    }

    /** The process is gone: nobody is answered, and what was not synced may be lost. */
    private void crashNode() {
        node.shards().forEach(shard -> breaks(shard, Fault.NODE_CRASH));
        trace.note(Fault.NODE_CRASH, -1, 0);
        world.storage().forEach(storage -> storage.log().breakSession());
        node = new SimulatedNode(world, schemaVersion);
    }

    /** Another node is started in the place of one that only seemed to be dead. */
    private void takeOver() {
        node.shards().forEach(shard -> breaks(shard, Fault.TAKEOVER));
        trace.note(Fault.TAKEOVER, -1, 0);
        node.outlive();
        zombie = node;
        node = new SimulatedNode(world, schemaVersion);
    }

    private void restartInOrder() {
        trace.note(Fault.ORDERLY_RESTART, -1, 0);
        for (int left = dice.scaled(10, 400); left > 0 && !node.isIdle(); left--) {
            passTime();
            dice.oneOf(node.shards()).work();
        }
        boolean clean = node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING)
                && node.isIdle();
        node.shards().forEach(shard -> breaks(shard, Fault.ORDERLY_RESTART));
        node.shards().forEach(SimulatedShard::stop);
        if (clean && dice.chance(0.5)) {
            schemaVersion++;
            trace.note(Fault.UPGRADE, -1, schemaVersion);
        }
        node = new SimulatedNode(world, schemaVersion);
    }

    /** While the node is down, so that the shard meets the damage when it recovers. */
    private void flipBit() {
        crashNode();
        dice.oneOf(world.storage()).log().flipBit();
    }

    /** Ends the faults and lets everything come to rest. */
    private void finish() {
        zombie = null;
        clock.heal();
        world.storage().forEach(storage -> storage.log().heal());
        node.shards().forEach(shard -> shard.operate(Fault.SHARD_RESUMED));
        rest();
        world.watch().ended(node);
        Call forgotten = workload.unanswered(node);
        if (forgotten != null) {
            throw new InvariantBroken(
                    LIVENESS,
                    "all is quiet, but nobody answered " + forgotten.request().command());
        }
    }

    /** Starts anew from the disks alone: what was answered has to be answered again. */
    private void askAgain() {
        crashNode();
        rest();
        List<Request> requests = new ArrayList<>(workload.requests());
        for (Request request : requests.subList(Math.max(0, requests.size() - ASKED_AGAIN), requests.size())) {
            Call call = workload.submit(node, request);
            rest();
            Outcome outcome = call.outcome();
            boolean served = node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING);
            boolean told = outcome == null ? call.begun() != null && !served : isFinal(outcome) || !served;
            if (!told) {
                throw new InvariantBroken(LIVENESS, "asked in peace for " + request.command() + ", got " + outcome);
            }
        }
        world.watch().ended(node);
    }

    private static boolean isFinal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided decided -> true;
            case Outcome.KeyReused reused -> true;
            case Outcome.CrossShard crossShard -> true;
            case Outcome.Denied denied -> true;
            case Outcome.Overloaded overloaded -> false;
            case Outcome.Unavailable unavailable -> false;
            case Outcome.Unknown unknown -> false;
            case Outcome.Begun begun -> false;
        };
    }

    private void rest() {
        int quietMicros = QUIET_MICROS;
        for (int left = FINISHING_ROUNDS_MAX; left > 0; left--) {
            if (node.shards().stream().noneMatch(this::isDown)
                    && node.isIdle()
                    && node.post().isEmpty()
                    && SimulatedShard.pairs(node).allMatch(SimulatedShard.Pair::isDelivered)
                    && nothingRuns()) {
                return;
            }
            passTime();
            boolean quiet = node.isIdle() && node.post().isEmpty();
            quietMicros = quiet ? Math.min(2 * quietMicros, QUIET_MICROS_MAX) : QUIET_MICROS;
            if (quiet) {
                clock.advance(quietMicros);
            }
            node.shards().forEach(SimulatedShard::work);
        }
        throw new InvariantBroken(LIVENESS, "the shards do not come to rest");
    }

    /** True if every saga has ended that can, and every reservation. */
    private boolean nothingRuns() {
        List<SimulatedShard> serving = node.shards().stream()
                .filter(shard -> shard.phase() == SimulatedShard.Phase.SERVING)
                .toList();
        List<Integer> numbers = serving.stream().map(SimulatedShard::number).toList();
        return serving.stream()
                .map(shard -> shard.reference().books())
                .allMatch(books -> books.sagas().runningOn(numbers).isEmpty()
                        && books.transfers().reservedCount() == 0);
    }

    private boolean isDown(SimulatedShard shard) {
        return shard.phase() == SimulatedShard.Phase.DOWN;
    }

    /**
     * A run that held.
     *
     * @param decided answers that came out of a log
     * @param moments of sagas at which something broke, and how often
     * @param endings of sagas, and how many there were of each
     */
    record Result(
            long seed,
            long steps,
            long decided,
            Trace trace,
            Map<SagaMoment, Long> moments,
            Map<SagaEnding, Long> endings) {}
}
