package io.mainstay.projector;

import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.wire.WireException;
import io.mainstay.projector.FrameProjection.Projected;
import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes each frame that the broker delivers and returns when it is dealt with; an exception asks for it again.
 *
 * <p>Used by several threads, one shard's frames one after the other. While the database is away a frame waits here, so
 * that the order holds; everything behind it stays with the broker.
 */
final class FrameReceiver {
    /** Deliveries after which a frame behind a missing one is an orphan: until then the missing one may yet come. */
    static final int GAP_DELIVERIES_MAX = 5;

    private static final Logger LOG = Logger.getLogger(FrameReceiver.class.getName());
    private static final Duration DAMAGED_PAUSE = Duration.ofSeconds(10);
    /** Deadlocks pass by themselves; so many in a row are worth a word. */
    private static final int SILENT_ATTEMPTS = 3;

    private final FrameProjection projection;
    private final FrameTransaction transaction;
    private final ProjectionMetrics metrics;
    private final Backoff backoff;
    private final Outage outage;
    private final StopSignal stop;
    private final Map<Integer, Gap> gaps = new ConcurrentHashMap<>();
    private final Set<Integer> damaged = ConcurrentHashMap.newKeySet();

    FrameReceiver(
            FrameProjection projection,
            FrameTransaction transaction,
            ProjectionMetrics metrics,
            Backoff backoff,
            Outage outage,
            StopSignal stop) {
        this.projection = projection;
        this.transaction = transaction;
        this.metrics = metrics;
        this.backoff = backoff;
        this.outage = outage;
        this.stop = stop;
    }

    /** Deals with the frame of a message that states to be of this shard. */
    void receive(int shard, byte[] bytes) {
        LogFrame frame = parse(shard, bytes);
        Projected projected = project(shard, frame);
        switch (projected.verdict()) {
            case NEXT -> gaps.remove(shard);
            case STALE -> metrics.skipped(shard);
            case GAP -> passOver(shard, frame, projected.position());
            case BROKEN ->
                throw damage(
                        shard,
                        new DamagedLogException("frame %d of epoch %d at offset %d does not follow %s"
                                .formatted(
                                        frame.header().sequence(),
                                        frame.header().epoch(),
                                        frame.header().firstOffset(),
                                        projected.position())));
        }
    }

    private LogFrame parse(int shard, byte[] bytes) {
        try {
            LogFrame frame = LogFrame.parse(bytes);
            if (frame.header().shard() == shard) {
                return frame;
            }
            throw damage(
                    shard,
                    new DamagedLogException(
                            "frame of shard " + frame.header().shard() + " in a message of shard " + shard));
        } catch (WireException | IllegalArgumentException cause) {
            throw damage(shard, new DamagedLogException(cause.toString(), cause));
        }
    }

    /** One transaction, repeated until the database takes it. */
    private Projected project(int shard, LogFrame frame) {
        boolean repeats = false;
        for (int attempt = 1; ; attempt++) {
            try {
                long startNanos = System.nanoTime();
                boolean lookForRepeats = repeats;
                prepare();
                Projected projected = transaction.run(entities -> projection.project(entities, frame, lookForRepeats));
                outage.ends(shard);
                if (projected.verdict() == LogPosition.Verdict.NEXT) {
                    metrics.projected(
                            shard,
                            projected.rows(),
                            projected.executedBefore(),
                            Duration.ofNanos(System.nanoTime() - startNanos));
                }
                return projected;
            } catch (DamagedLogException cause) {
                outage.leaves(shard);
                throw damage(shard, cause);
            } catch (RuntimeException failure) {
                metrics.retried(shard);
                SqlFailure kind = SqlFailure.of(failure);
                if (kind == SqlFailure.DUPLICATE && !repeats) {
                    repeats = true;
                    continue;
                }
                boolean silent = kind == SqlFailure.CONTENTION && attempt <= SILENT_ATTEMPTS;
                if (!silent) {
                    outage.waits(shard, kind, failure);
                }
                pause(shard, backoff.after(attempt));
            }
        }
    }

    private void prepare() {
        if (!projection.isPrepared()) {
            transaction.run(entities -> {
                projection.prepare(entities);
                return true;
            });
        }
    }

    /**
     * A frame behind a missing one: the missing one may be on its way, or it was never written. An orphan tells no
     * outcome of the missing commands, for they were never executed; one that does proves that a frame is lost.
     */
    private void passOver(int shard, LogFrame frame, LogPosition position) {
        Gap gap = gaps.merge(
                shard,
                new Gap(frame.header().sequence(), frame.header().epoch(), 1),
                (known, fresh) -> known.isOf(fresh) ? known.again() : fresh);
        if (gap.deliveries() < GAP_DELIVERIES_MAX) {
            pause(shard, backoff.after(gap.deliveries()));
            throw new MissingFrameException(shard, frame.header().sequence(), position);
        }
        if (frame.answeredBefore() > position.offset()) {
            throw damage(
                    shard,
                    new DamagedLogException(
                            "frame %d was written when commands up to offset %d were answered, but frame %d at offset %d is lost"
                                    .formatted(
                                            frame.header().sequence(),
                                            frame.answeredBefore() - 1,
                                            position.sequence(),
                                            position.offset())));
        }
        gaps.remove(shard);
        metrics.orphaned(shard);
        LOG.warning(() ->
                "shard %d: frame %d of epoch %d at offset %d is passed over: it follows a frame %d that was never written"
                        .formatted(
                                shard,
                                frame.header().sequence(),
                                frame.header().epoch(),
                                frame.header().firstOffset(),
                                position.sequence()));
    }

    /** Says it once, waits so that the broker's redelivery is no busy loop, and gives the exception to throw. */
    private DamagedLogException damage(int shard, DamagedLogException cause) {
        if (damaged.add(shard)) {
            metrics.damaged(shard);
            LOG.log(
                    Level.SEVERE,
                    cause,
                    () -> "projection of shard " + shard + " has stopped: " + cause.getMessage()
                            + "; rows stay as they are, commands go on; compare the log with the table"
                            + " projection_positions");
        }
        pause(shard, DAMAGED_PAUSE);
        return cause;
    }

    private void pause(int shard, Duration time) {
        try {
            stop.pause(time);
        } catch (StopSignal.StoppedException stopped) {
            outage.leaves(shard);
            throw stopped;
        }
    }

    /** A frame behind a missing one, and how often it has come. */
    private record Gap(long sequence, int epoch, int deliveries) {
        boolean isOf(Gap other) {
            return sequence == other.sequence && epoch == other.epoch;
        }

        Gap again() {
            return new Gap(sequence, epoch, deliveries + 1);
        }
    }

    /** Asks the broker for the frame again. */
    @ApplicationException
    static final class MissingFrameException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingFrameException(int shard, long sequence, LogPosition position) {
            super("shard " + shard + ": frame " + sequence + " came before frame " + position.sequence());
        }
    }
}
