package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LogPosition.Verdict;
import io.mainstay.core.replay.LogDamagedException;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.projector.FrameProjection.Projected;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One target's reading of one shard's log: from the target's position on, first what the log holds, then what the broker
 * delivers, and the log again for whatever is missing in between.
 *
 * <p>So nothing depends on the delivery: a frame that was dropped, or that was lost with the server between the broker and
 * the database, stands in the log.
 */
final class Subscription implements Runnable {
    /** Readings of the log after which a frame behind a missing one is an orphan: until then the missing one may yet come. */
    static final int GAP_READINGS_MAX = 5;

    private static final Logger LOG = Logger.getLogger(Subscription.class.getName());
    private static final Duration DAMAGED_PAUSE = Duration.ofSeconds(10);
    /** How long a stop waits for a subscription that has nothing to do. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final int shard;
    private final CatchUp catchUp;
    private final BatchProjector projector;
    private final BatchBounds bounds;
    private final ProjectionMetrics metrics;
    private final Backoff backoff;
    private final StopSignal stop;
    private final FrameBuffer buffer;
    private boolean damaged;

    Subscription(
            int shard,
            Supplier<ShardLog> log,
            BatchProjector projector,
            BatchBounds bounds,
            ProjectionMetrics metrics,
            Backoff backoff,
            StopSignal stop) {
        this.shard = shard;
        this.catchUp = new CatchUp(shard, log, projector, bounds, stop);
        this.projector = projector;
        this.bounds = bounds;
        this.metrics = metrics;
        this.backoff = backoff;
        this.stop = stop;
        this.buffer = new FrameBuffer(bounds.twice());
    }

    /** Takes a frame that the broker delivers, from any thread, without waiting. */
    void offer(LogFrame frame) {
        metrics.delivered(shard, frame.header().nextOffset());
        int dropped = buffer.offer(frame);
        if (dropped > 0) {
            metrics.dropped(shard, dropped);
        }
    }

    /** Until the application stops. */
    @Override
    public void run() {
        try {
            for (int attempt = 1; !stop.isStopped(); attempt++) {
                attempt = follow(attempt);
            }
        } catch (StopSignal.StoppedException stopped) {
            LOG.log(Level.FINE, "the projection of shard {0} ends", shard);
        }
    }

    /** Until something goes wrong; then waits, and returns the attempt's number, 0 if it came as far as to the delivery. */
    private int follow(int attempt) {
        int failed = attempt;
        try {
            catchUp.toEnd();
            recovered();
            failed = 0;
            while (!stop.isStopped()) {
                List<LogFrame> frames = buffer.take(bounds, PATIENCE);
                if (!frames.isEmpty()) {
                    project(frames);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StopSignal.StoppedException();
        } catch (DamagedLogException | LogDamagedException damage) {
            damaged(damage);
        } catch (EngineException unreadable) {
            LOG.log(
                    attempt == 1 ? Level.WARNING : Level.FINE,
                    unreadable,
                    () -> "projection of shard " + shard + " cannot read the log and tries again: "
                            + unreadable.getMessage());
            stop.pause(backoff.after(Math.max(1, failed)));
        }
        return failed;
    }

    /** Projects frames as they were delivered, and those of the log that are missing before them. */
    void project(List<LogFrame> frames) {
        List<LogFrame> rest = frames;
        int readings = 0;
        while (!rest.isEmpty()) {
            Projected projected = projector.project(shard, rest);
            readings = projected.done() > 0 ? 0 : readings;
            rest = rest.subList(projected.done(), rest.size());
            if (projected.verdict() == Verdict.BROKEN) {
                throw DamagedLogException.broken(rest.get(0), projected.position());
            }
            if (projected.verdict() == Verdict.GAP) {
                if (readings == GAP_READINGS_MAX) {
                    passOver(rest.get(0), projected.position());
                    rest = rest.subList(1, rest.size());
                    readings = 0;
                } else {
                    if (readings > 0) {
                        stop.pause(backoff.after(readings));
                    }
                    catchUp.toEnd();
                    readings++;
                }
            }
        }
    }

    /**
     * A frame behind one that the log does not have. An orphan tells no outcome of the missing commands, for they were never
     * executed; one that does proves that a frame is lost.
     */
    private void passOver(LogFrame frame, LogPosition position) {
        if (frame.answeredBefore() > position.offset()) {
            throw new DamagedLogException(
                    "frame %d was written when commands up to offset %d were answered, but frame %d at offset %d is lost"
                            .formatted(
                                    frame.header().sequence(),
                                    frame.answeredBefore() - 1,
                                    position.sequence(),
                                    position.offset()));
        }
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

    /** Says it once, and looks again after a while, whether a person has mended it. */
    private void damaged(RuntimeException damage) {
        if (!damaged) {
            damaged = true;
            metrics.damaged(shard, true);
            LOG.log(
                    Level.SEVERE,
                    damage,
                    () -> "projection of shard " + shard + " has stopped: " + damage.getMessage()
                            + "; rows stay as they are, commands go on; compare the log with the table"
                            + " projection_positions");
        }
        stop.pause(DAMAGED_PAUSE);
    }

    private void recovered() {
        if (damaged) {
            damaged = false;
            metrics.damaged(shard, false);
            LOG.info(() -> "projection of shard " + shard + " goes on");
        }
    }
}
