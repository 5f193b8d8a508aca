package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.MailboxMeter;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardGate;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.gateway.ShardStatus.Load;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.gateway.ShardStatus.Replay;
import io.mainstay.core.gateway.ShardStatus.Snapshot;
import io.mainstay.core.quota.StoredCounts;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Recovery;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.snapshot.SnapshotStore;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Drives one shard on a thread of its own, and brings it back from its log when it breaks.
 *
 * <p>Other threads fill the mailbox and read the status. A shard whose log is damaged stays down; the others go on.
 */
final class ShardHost implements Runnable {
    private static final Logger LOG = Logger.getLogger(ShardHost.class.getName());
    private static final int RETRY_AFTER_MILLIS = 1000;
    private static final long BACKOFF_NANOS_MIN = Duration.ofMillis(100).toNanos();
    private static final long BACKOFF_NANOS_MAX = Duration.ofSeconds(5).toNanos();
    private static final long IDLE_NANOS_MAX = Duration.ofMillis(200).toNanos();
    private static final long DRAIN_NANOS_MAX = Duration.ofSeconds(10).toNanos();

    private final int number;
    private final EngineConfig config;
    private final Domains domains;
    private final Engine.Logs logs;
    private final SnapshotStore snapshots;
    private final EngineClock clock;
    private final CommandRouter router;
    private final StoredCounts stored;
    private final Peers peers;
    private final MpscAtomicArrayQueue<Submission> mailbox;
    private final MailboxShares shares;

    private final ShardGate gate = new ShardGate();
    private final MailboxMeter meter = new MailboxMeter();

    private volatile Life life = new Life(Phase.RECOVERING, "waits for the broker", 0, 0, Replay.NONE);
    private volatile @Nullable Running running;
    private volatile int inFlight;
    private volatile Optional<Snapshot> lastSnapshot = Optional.empty();
    private volatile boolean stopping;
    private volatile boolean idle;
    private volatile @Nullable Thread thread;

    ShardHost(
            int number,
            EngineConfig config,
            Domains domains,
            Engine.Logs logs,
            SnapshotStore snapshots,
            EngineClock clock,
            CommandRouter router,
            StoredCounts stored,
            Peers peers) {
        this.number = number;
        this.config = config;
        this.domains = domains;
        this.logs = logs;
        this.snapshots = snapshots;
        this.clock = clock;
        this.router = router;
        this.stored = stored;
        this.peers = peers;
        this.mailbox = new MpscAtomicArrayQueue<>(config.mailboxCapacity());
        this.shares = new MailboxShares(config.mailboxCapacity());
    }

    int number() {
        return number;
    }

    ShardStatus status() {
        Life now = life;
        Running shard = running;
        boolean gated = now.phase() == Phase.SERVING;
        return new ShardStatus(
                number,
                gated ? gate.phase() : now.phase(),
                now.epoch(),
                shard == null ? now.nextOffset() : shard.shard().executedBefore(),
                load(shard),
                now.replay(),
                shard == null ? Optional.empty() : shard.log().lastSync(),
                lastSnapshot,
                gated ? gate.reason() : now.detail());
    }

    /** Notes that a snapshot of all commands below an offset was taken just now. */
    void snapshotTaken(long offset) {
        lastSnapshot = Optional.of(new Snapshot(offset, clock.nowMicros()));
    }

    void pause(Order order) {
        order("pause", order, () -> {
            requireServing();
            gate.pause(order);
        });
    }

    void drain(Order order) {
        order("drain", order, () -> {
            requireServing();
            gate.drain(order);
        });
        LockSupport.unpark(thread);
    }

    void resume(Order order) {
        order("resume", order, gate::resume);
        LockSupport.unpark(thread);
    }

    /** Puts a submission into the mailbox; returns why it was not taken, or null. */
    @Nullable
    Outcome offer(Submission submission) {
        Life now = life;
        if (now.phase() != Phase.SERVING) {
            return unavailable(now.phase(), now.detail());
        }
        boolean taken = changesNothingNew(submission) ? gate.takesReads() : gate.takesCommands();
        if (!taken) {
            return unavailable(gate.phase(), gate.reason());
        }
        if (!put(submission)) {
            return new Outcome.Overloaded(number, meter.retryAfterMillis(mailbox.capacity()));
        }
        wakeUp();
        return null;
    }

    /** A command that was taken is {@link #answered} once. */
    private boolean put(Submission submission) {
        if (!(submission instanceof Submission.CommandSubmission(var command, var logged, var hash, var reply))) {
            return mailbox.offer(submission);
        }
        if (!shares.enter(command.tenant(), waiting())) {
            return false;
        }
        boolean taken = mailbox.offer(submission);
        if (!taken) {
            shares.leave(command.tenant());
        }
        return taken;
    }

    /** Told, from any thread, when a command that was taken is answered, or has become a saga. */
    void answered(Command command) {
        shares.leave(command.tenant());
    }

    /** Submissions that wait: in the mailbox, and in the lines that the shard has made of it. */
    private int waiting() {
        Running shard = running;
        return mailbox.size() + (shard == null ? 0 : shard.shard().waitingCount());
    }

    /** Reads, and acknowledgements of messages that were sent before. */
    private static boolean changesNothingNew(Submission submission) {
        return !(submission instanceof Submission.CommandSubmission
                || submission instanceof Submission.MessageSubmission);
    }

    /** Makes the shard's thread look again; cheap when it is busy. */
    void wakeUp() {
        // Orders what was written before against reading the flag; otherwise a wake-up could be missed.
        VarHandle.fullFence();
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** Asks the shard to finish what it has taken and to end. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Keeps the shard from serving again. */
    void refuse(String reason) {
        publish(Phase.DAMAGED, reason);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        long backoffNanos = BACKOFF_NANOS_MIN;
        while (!stopping) {
            try {
                serve();
                backoffNanos = BACKOFF_NANOS_MIN;
            } catch (EngineException broken) {
                LOG.log(Level.SEVERE, broken, () -> "shard " + number + " failed: " + broken.getMessage());
                if (broken.severity() == EngineException.Severity.FATAL) {
                    refuse(String.valueOf(broken.getMessage()));
                    break;
                }
                publish(Phase.FAILED, String.valueOf(broken.getMessage()));
            } catch (RuntimeException | Error bug) {
                LOG.log(Level.SEVERE, bug, () -> "shard " + number + " failed: " + bug);
                publish(Phase.FAILED, bug.toString());
            }
            if (!stopping) {
                LockSupport.parkNanos(backoffNanos);
                backoffNanos = Math.min(2 * backoffNanos, BACKOFF_NANOS_MAX);
            }
        }
        if (life.phase() != Phase.DAMAGED) {
            publish(Phase.STOPPED, "");
        }
        refuseAll(unavailable(life.phase(), life.detail()));
    }

    private void serve() {
        try (TimedLog log = new TimedLog(logs.open(number, this::wakeUp), clock)) {
            Shard shard = new Shard(
                    number, config.shard(number), domains, log, snapshots, clock, mailbox, router.aggregates(), peers);
            publish(Phase.RECOVERING, life.detail());
            long startNanos = System.nanoTime();
            Recovery recovery = shard.recover();
            Replay replay =
                    new Replay(recovery.replayed() + recovery.decidedAgain(), (System.nanoTime() - startNanos) / 1000);
            recovery.complaints().forEach(LOG::severe);
            LOG.info(() -> "shard %d recovered in %d ms, epoch %d: %s, %d commands replayed, %d decided again"
                    .formatted(
                            number,
                            replay.durationMicros() / 1000,
                            shard.epoch(),
                            recovery.snapshot()
                                    .map(snapshot -> "snapshot at offset " + snapshot.offset())
                                    .orElse("no snapshot"),
                            recovery.replayed(),
                            recovery.decidedAgain()));
            if (lastSnapshot.isEmpty()) {
                lastSnapshot = recovery.snapshot().map(snapshot -> new Snapshot(snapshot.offset(), clock.nowMicros()));
            }
            if (config.quotas().limitStored()) {
                stored.recovered(number, shard.stored());
            }
            router.recovered(number);
            gate.recovered();
            running = new Running(shard, log);
            life = new Life(
                    stopping ? Phase.STOPPED : Phase.SERVING, "", shard.epoch(), shard.executedBefore(), replay);
            try {
                drive(shard);
            } finally {
                life = life.at(shard.executedBefore());
                running = null;
                inFlight = 0;
                shard.abandon(stopping ? "the server stops" : "the shard's log failed");
            }
        }
    }

    private void drive(Shard shard) {
        long drainUntilNanos = 0;
        while (true) {
            boolean worked = work(shard);
            if (stopping) {
                publish(Phase.STOPPED, "");
                long nowNanos = System.nanoTime();
                drainUntilNanos = drainUntilNanos == 0 ? nowNanos + DRAIN_NANOS_MAX : drainUntilNanos;
                if (shard.isIdle() || nowNanos > drainUntilNanos) {
                    return;
                }
            }
            if (!worked) {
                sleepUnlessWorkCame(shard);
            }
        }
    }

    /** One round; false if there was nothing to do. What comes behind the end of a draining is refused. */
    private boolean work(Shard shard) {
        look();
        if (gate.isShut()) {
            refuseAll(unavailable(gate.phase(), gate.reason()));
            return false;
        }
        boolean worked = shard.poll();
        inFlight = shard.inFlightCount();
        if (!worked && shard.isIdle()) {
            gate.finished();
        }
        return worked;
    }

    private void look() {
        long putCount = mailbox.currentProducerIndex();
        meter.look(System.nanoTime(), putCount, Math.max(0, putCount - waiting()));
    }

    /** Announces that it will sleep, looks once more, and only then sleeps: so no wake-up is lost. */
    private void sleepUnlessWorkCame(Shard shard) {
        idle = true;
        VarHandle.fullFence();
        if (!work(shard)) {
            LockSupport.parkNanos(this, IDLE_NANOS_MAX);
        }
        idle = false;
    }

    private void publish(Phase phase, String detail) {
        life = life.in(phase, detail);
    }

    private Load load(@Nullable Running shard) {
        int depth = waiting();
        long waitingMicros = depth == 0 ? 0 : meter.oldestNanos(System.nanoTime()) / 1000;
        return new Load(
                depth,
                inFlight,
                Math.max(waitingMicros, shard == null ? 0 : shard.log().oldestMicros()));
    }

    private void requireServing() {
        if (life.phase() != Phase.SERVING) {
            throw new IllegalStateException("is " + life.phase() + ", only a shard that serves takes this order");
        }
    }

    private void order(String what, Order order, Runnable done) {
        try {
            done.run();
        } catch (IllegalStateException refused) {
            throw new IllegalStateException("shard " + number + " " + refused.getMessage(), refused);
        }
        LOG.info(() -> "shard %d: %s, by %s: %s".formatted(number, what, order.by(), order.reason()));
    }

    private Outcome.Unavailable unavailable(Phase phase, String detail) {
        return new Outcome.Unavailable(number, phase + (detail.isEmpty() ? "" : ": " + detail), RETRY_AFTER_MILLIS);
    }

    private void refuseAll(Outcome.Unavailable why) {
        for (Submission next = mailbox.poll(); next != null; next = mailbox.poll()) {
            next.refuse(why);
        }
    }

    /** How far the shard has come, apart from what an operator lets into it. */
    private record Life(Phase phase, String detail, int epoch, long nextOffset, Replay replay) {
        Life in(Phase next, String why) {
            return new Life(next, why, epoch, nextOffset, replay);
        }

        Life at(long offset) {
            return new Life(phase, detail, epoch, offset, replay);
        }
    }

    private record Running(Shard shard, TimedLog log) {}
}
