package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Recovery;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.snapshot.SnapshotStore;
import java.lang.invoke.VarHandle;
import java.time.Duration;
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
    private final Peers peers;
    private final MpscAtomicArrayQueue<Submission> mailbox;

    private volatile ShardStatus status;
    private volatile @Nullable Shard serving;
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
            Peers peers) {
        this.number = number;
        this.config = config;
        this.domains = domains;
        this.logs = logs;
        this.snapshots = snapshots;
        this.clock = clock;
        this.router = router;
        this.peers = peers;
        this.mailbox = new MpscAtomicArrayQueue<>(config.mailboxCapacity());
        this.status = new ShardStatus(number, Phase.RECOVERING, 0, 0, 0, 0, 0, "waits for the broker");
    }

    int number() {
        return number;
    }

    ShardStatus status() {
        ShardStatus last = status;
        Shard now = serving;
        return new ShardStatus(
                last.shard(),
                last.phase(),
                last.epoch(),
                now == null ? last.nextOffset() : now.executedBefore(),
                mailbox.size(),
                last.inFlight(),
                last.replayed(),
                last.detail());
    }

    /** Puts a submission into the mailbox; returns why it was not taken, or null. */
    @Nullable
    Outcome offer(Submission submission) {
        ShardStatus now = status;
        if (now.phase() != Phase.SERVING) {
            return new Outcome.Unavailable(
                    number, now.phase() + (now.detail().isEmpty() ? "" : ": " + now.detail()), RETRY_AFTER_MILLIS);
        }
        if (!mailbox.offer(submission)) {
            return new Outcome.Overloaded(number, RETRY_AFTER_MILLIS);
        }
        wakeUp();
        return null;
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
        if (status.phase() != Phase.DAMAGED) {
            publish(Phase.STOPPED, "");
        }
        refuseAll();
    }

    private void serve() {
        try (WriteAheadLog log = logs.open(number, this::wakeUp)) {
            Shard shard = new Shard(
                    number, config.shard(number), domains, log, snapshots, clock, mailbox, router.aggregates(), peers);
            publish(Phase.RECOVERING, status.detail());
            long startNanos = System.nanoTime();
            Recovery recovery = shard.recover();
            recovery.complaints().forEach(LOG::severe);
            LOG.info(() -> "shard %d recovered in %d ms, epoch %d: %s, %d commands replayed, %d decided again"
                    .formatted(
                            number,
                            (System.nanoTime() - startNanos) / 1_000_000,
                            shard.epoch(),
                            recovery.snapshot()
                                    .map(snapshot -> "snapshot at offset " + snapshot.offset())
                                    .orElse("no snapshot"),
                            recovery.replayed(),
                            recovery.decidedAgain()));
            router.recovered(number);
            serving = shard;
            try {
                drive(shard, recovery.replayed() + recovery.decidedAgain());
            } finally {
                serving = null;
                shard.abandon(stopping ? "the server stops" : "the shard's log failed");
            }
        }
    }

    private void drive(Shard shard, long replayed) {
        long drainUntilNanos = 0;
        while (true) {
            boolean worked = shard.poll();
            status = new ShardStatus(
                    number,
                    stopping ? Phase.STOPPED : Phase.SERVING,
                    shard.epoch(),
                    shard.executedBefore(),
                    0,
                    shard.inFlightCount(),
                    replayed,
                    "");
            if (stopping) {
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

    /** Announces that it will sleep, looks once more, and only then sleeps: so no wake-up is lost. */
    private void sleepUnlessWorkCame(Shard shard) {
        idle = true;
        VarHandle.fullFence();
        if (!shard.poll()) {
            LockSupport.parkNanos(this, IDLE_NANOS_MAX);
        }
        idle = false;
    }

    private void publish(Phase phase, String detail) {
        ShardStatus last = status;
        status = new ShardStatus(number, phase, last.epoch(), last.nextOffset(), 0, 0, last.replayed(), detail);
    }

    private void refuseAll() {
        Outcome unavailable = new Outcome.Unavailable(number, status.phase().toString(), RETRY_AFTER_MILLIS);
        for (Submission next = mailbox.poll(); next != null; next = mailbox.poll()) {
            switch (next) {
                case Submission.CommandSubmission command -> command.reply().accept(unavailable);
                case Submission.ReadSubmission read ->
                    read.refused()
                            .accept(new EngineException(
                                    EngineException.Severity.RETRY, "shard " + number + " is " + status.phase()));
                case Submission.MessageSubmission message -> {}
                case Submission.AcknowledgementSubmission acknowledgement -> {}
            }
        }
    }
}
