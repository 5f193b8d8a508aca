package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardGate;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.Durability;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.core.shard.Recovery;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One shard on one node: drives it, brings it back when it breaks, and takes its snapshots, as a server does. */
final class SimulatedShard {
    private static final int RETRY_AFTER_MILLIS = 1000;
    private static final int BACKOFF_MICROS_MAX = 5_000;
    private static final int SNAPSHOTS_KEPT = 2;
    private static final double HASHED_AFTER_RECOVERY = 0.1;

    /** Where it is in its life. */
    enum Phase {
        DOWN,
        SERVING,
        DAMAGED,
        STOPPED
    }

    private final int number;
    private final SimulatedNode node;
    private final World world;
    private final ShardStorage storage;
    private final Queue<Submission> mailbox;
    private final ShardGate gate = new ShardGate();
    private Phase phase = Phase.DOWN;
    private long startAtMicros;
    private int life;
    private long recoveredBefore;
    /** As far as its last life came. */
    private long executedBefore;

    private @Nullable Running running;

    SimulatedShard(int number, SimulatedNode node, World world) {
        this.number = number;
        this.node = node;
        this.world = world;
        this.storage = world.storage().get(number);
        this.mailbox = world.ports().mailbox();
        this.startAtMicros = world.clock().elapsedMicros() + world.dice().below(BACKOFF_MICROS_MAX);
    }

    int number() {
        return number;
    }

    SimulatedNode node() {
        return node;
    }

    ShardStorage storage() {
        return storage;
    }

    /** What its life has in its log, whether durable or not. */
    History history() {
        LifeLog ahead = running().ahead;
        return ahead == null ? storage.log().history() : ahead.history();
    }

    /** What has to follow from {@link #history}. */
    Reference reference() {
        LifeLog ahead = running().ahead;
        return ahead == null ? storage.reference() : ahead.reference();
    }

    /** When commands are to be answered. */
    Durability durability() {
        return world.config().durability().get(number);
    }

    /** The time that shards see. */
    long nowMicros() {
        return world.clock().nowMicros();
    }

    /** How much is left of what a life had executed. */
    long survivedOf(long executed, int before) {
        return life == before ? executed : Math.min(executed, recoveredBefore);
    }

    /** Counts the times it was brought up. */
    int life() {
        return life;
    }

    Phase phase() {
        return phase;
    }

    /** What an operator lets into the shard. */
    ShardGate gate() {
        return gate;
    }

    /** The offset of the next command to be executed. */
    long executedBefore() {
        return running().shard.executedBefore();
    }

    /** The state that commands change: only to look at. */
    LedgerState state() {
        return running().ledger.state();
    }

    /** What it has paid and taken: only to look at. */
    PurseState purse() {
        return running().purse.state();
    }

    /** The sagas that it coordinates: only to look at. */
    SagaState sagas() {
        return running().sagas.state();
    }

    /** Every two different shards that both serve. */
    static Stream<Pair> pairs(SimulatedNode node) {
        return node.shards().stream()
                .filter(sender -> sender.phase == Phase.SERVING)
                .flatMap(sender -> node.shards().stream()
                        .filter(receiver -> receiver != sender && receiver.phase == Phase.SERVING)
                        .map(receiver -> new Pair(sender, receiver)));
    }

    SimulationConfig config() {
        return world.config();
    }

    /** Asks for the hash of the state, as of all that lies before in the mailbox. */
    void askHash() {
        offer(new Submission.HashSubmission(state -> world.watch().hashed(this, state), refused -> {}));
    }

    /** Has the hash of an idle shard told at once. */
    void hash() {
        askHash();
        running().shard.poll();
    }

    boolean isIdle() {
        return phase != Phase.SERVING || running().shard.isIdle();
    }

    /** Puts a submission into the mailbox; returns why it was not taken, or null. */
    @Nullable
    Outcome offer(Submission submission) {
        if (phase != Phase.SERVING) {
            return new Outcome.Unavailable(number, phase.toString(), RETRY_AFTER_MILLIS);
        }
        boolean taken = submission instanceof Submission.CommandSubmission ? gate.takesCommands() : gate.takesReads();
        if (!taken) {
            return new Outcome.Unavailable(number, gate.reason(), RETRY_AFTER_MILLIS);
        }
        if (mailbox.size() >= world.config().mailboxCapacity()) {
            return new Outcome.Overloaded(number, RETRY_AFTER_MILLIS);
        }
        mailbox.add(submission);
        return null;
    }

    /** Does what the shard's thread would do next. */
    void work() {
        switch (phase) {
            case SERVING -> poll();
            case DOWN -> {
                if (!node.isZombie() && world.clock().elapsedMicros() >= startAtMicros) {
                    start();
                }
            }
            case DAMAGED, STOPPED -> {}
        }
    }

    /** Something in the server breaks; the shard comes back by itself. */
    void crash() {
        if (phase == Phase.SERVING) {
            fail(new EngineException(Severity.RETRY, "crashed"));
        }
    }

    /** An operator gives an order, where it fits. */
    void operate(Fault order) {
        if (phase != Phase.SERVING && order != Fault.SHARD_RESUMED) {
            return;
        }
        Order by = new Order("simulation", order.toString());
        try {
            switch (order) {
                case SHARD_PAUSED -> gate.pause(by);
                case SHARD_DRAINED -> gate.drain(by);
                default -> gate.resume();
            }
            world.trace().note(order, number, 0);
        } catch (IllegalStateException doesNotFit) {
            world.trace().note("order refused", number, 0);
        }
    }

    /** Ends in order, as far as it got. */
    void stop() {
        if (phase == Phase.SERVING) {
            release("the server stops");
        }
        if (phase != Phase.DAMAGED) {
            phase = Phase.STOPPED;
        }
        refuseAll();
    }

    /** The installed versions of the domains, for another memory of the shard. */
    Domains domains() {
        return new Domains(List.of(
                new WatchedLedger(world.ports(), node.schemaVersion()),
                new PurseDomain(),
                new WatchedSagas(world.ports())));
    }

    /** Takes a snapshot and lets the log go that two snapshots cover. */
    void keep() {
        if (phase != Phase.SERVING) {
            return;
        }
        try {
            SnapshotStore snapshots = world.ports().snapshots(storage.snapshots());
            ShardReplica replica = ShardReplica.build(
                    number,
                    world.ports().config(world.config().shardConfig(world.dice())),
                    domains(),
                    snapshots,
                    storage.log());
            world.watch().replicated(this, replica);
            replica.save(snapshots);
            snapshots.retain(SNAPSHOTS_KEPT);
            List<SnapshotId> kept = snapshots.list();
            if (kept.size() == SNAPSHOTS_KEPT && world.dice().chance(0.7)) {
                storage.truncate(kept.get(SNAPSHOTS_KEPT - 1).sequence());
            }
        } catch (EngineException degraded) {
            if (degraded.severity() == Severity.FATAL) {
                world.watch().stopped(this, degraded);
            }
        }
    }

    private void start() {
        WatchedLedger ledger = new WatchedLedger(world.ports(), node.schemaVersion());
        ShardConfig config =
                world.ports().config(world.config().shardConfig(world.dice()).with(durability()));
        WriteAheadLog honest = world.ports().open(storage.log());
        LifeLog ahead = config.durability() instanceof Async ? new LifeLog(honest, storage) : null;
        WriteAheadLog log = ahead == null ? honest : ahead;
        PurseDomain purse = new PurseDomain(world.ports()::emptyPurse);
        WatchedSagas sagas = new WatchedSagas(world.ports());
        Shard shard = create(config, log, new Domains(List.of(ledger, purse, sagas)));
        running = new Running(shard, log, ahead, ledger, purse, sagas);
        life++;
        try {
            Recovery recovery = shard.recover();
            recoveredBefore = shard.executedBefore();
            if (executedBefore > recoveredBefore) {
                world.trace().note(Fault.ANSWERED_LOST, number, executedBefore - recoveredBefore);
            }
            executedBefore = recoveredBefore;
            node.routing().recovered(number);
            gate.recovered();
            phase = Phase.SERVING;
            world.trace().note("recovered, decided again", number, recovery.decidedAgain());
            world.watch().recovered(this);
            if (world.dice().chance(HASHED_AFTER_RECOVERY)) {
                askHash();
            }
        } catch (EngineException broken) {
            fail(broken);
        }
    }

    /** The one place where shards are made. */
    private Shard create(ShardConfig config, WriteAheadLog log, Domains domains) {
        return new Shard(
                number,
                config,
                domains,
                log,
                world.ports().snapshots(storage.snapshots()),
                world.clock(),
                mailbox,
                node.router().aggregates(),
                world.ports().peers(node.post()::offer));
    }

    private void poll() {
        if (gate.isShut()) {
            refuseAll();
            return;
        }
        try {
            if (running().shard.poll()) {
                world.watch().polled(this);
            } else if (world.ports().isFinished(running().shard)) {
                gate.finished();
            }
        } catch (EngineException broken) {
            fail(broken);
        }
    }

    private void fail(EngineException broken) {
        world.trace().note("failed at", number, running().shard.executedBefore());
        executedBefore = Math.max(executedBefore, running().shard.executedBefore());
        release(String.valueOf(broken.getMessage()));
        if (broken.severity() == Severity.FATAL) {
            phase = Phase.DAMAGED;
            refuseAll();
            world.watch().stopped(this, broken);
            return;
        }
        phase = Phase.DOWN;
        startAtMicros = world.clock().elapsedMicros() + world.dice().below(BACKOFF_MICROS_MAX);
    }

    private void release(String reason) {
        running().shard.abandon(reason);
        running().log.close();
    }

    private void refuseAll() {
        for (Submission next = mailbox.poll(); next != null; next = mailbox.poll()) {
            switch (next) {
                case Submission.CommandSubmission command ->
                    command.reply().accept(new Outcome.Unavailable(number, phase.toString(), RETRY_AFTER_MILLIS));
                case Submission.ReadSubmission read ->
                    read.refused().accept(new EngineException(Severity.RETRY, "shard " + number + " is " + phase));
                case Submission.HashSubmission question ->
                    question.refused().accept(new EngineException(Severity.RETRY, "shard " + number + " is " + phase));
                case Submission.MessageSubmission message -> {}
                case Submission.AcknowledgementSubmission acknowledgement -> {}
                case Submission.TimeSubmission time -> {}
            }
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("shard " + number + " has not been started");
        }
        return running;
    }

    /** One life of the shard; {@code ahead} if it executes what is not durable. */
    private record Running(
            Shard shard,
            WriteAheadLog log,
            @Nullable LifeLog ahead,
            WatchedLedger ledger,
            PurseDomain purse,
            WatchedSagas sagas) {}

    /** A shard and one that it may send to. */
    record Pair(SimulatedShard sender, SimulatedShard receiver) {
        List<Payment> paid() {
            return sender.purse().paidTo(receiver.number());
        }

        List<Payment> taken() {
            return receiver.purse().takenFrom(sender.number());
        }

        /** True if the receiver has executed all that the sender has sent. */
        boolean isDelivered() {
            return sender.reference().books().post().sentTo(receiver.number)
                    == receiver.reference().books().post().receivedFrom(sender.number);
        }
    }
}
