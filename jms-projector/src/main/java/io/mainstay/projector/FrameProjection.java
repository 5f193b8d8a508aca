package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameUpcaster;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LogPosition.Verdict;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.targets.ToldEvent;
import io.mainstay.core.wire.WireException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns frames into rows of a target and moves its position on, within the caller's transaction. */
final class FrameProjection {
    /**
     * What became of frames.
     *
     * @param verdict on the last one looked at
     * @param position before that one
     * @param frames projected
     * @param skipped frames that came again
     * @param rows inserted or updated, the position's own left out
     * @param written what they were
     */
    record Projected(Verdict verdict, LogPosition position, int frames, int skipped, int rows, ProjectedRows written) {
        /** Frames that are dealt with: all, or those before one that is out of order. */
        int done() {
            return frames + skipped;
        }
    }

    private final ProjectionTarget target;
    private final Domains domains;
    private final FrameUpcaster upcaster;
    private final RowTypes types;
    private final int copyRowsMin;
    private final Clock clock;

    FrameProjection(ProjectionTarget target, Domains domains, RowTypes types, int copyRowsMin, Clock clock) {
        this.target = target;
        this.domains = domains;
        this.upcaster = new FrameUpcaster(domains);
        this.types = types;
        this.copyRowsMin = copyRowsMin;
        this.clock = clock;
    }

    ProjectionTarget target() {
        return target;
    }

    /** False until the types of rows are made, by {@link #prepare} in a transaction of its own. */
    boolean isPrepared() {
        return types.areMade();
    }

    /** Makes the types of rows. A transaction that has begun before they were made would leave such rows out silently. */
    void prepare(EntityManager entities) {
        types.make(entities);
    }

    /** Where the target's next frame of a shard stands; empty if it has begun nowhere. */
    Optional<LogPosition> position(EntityManager entities, int shard) {
        return Optional.ofNullable(entities.find(PositionRow.class, new PositionKey(target.name(), shard)))
                .map(PositionRow::position);
    }

    /**
     * Applies frames of one shard, each if it is the next one, up to the first that is out of order; {@link
     * DamagedLogException} if what they tell cannot be.
     *
     * @param frames at least one
     * @param repeats whether to look for rows that may be there already
     * @param before told of the rows before they are written
     */
    Projected project(EntityManager entities, List<LogFrame> frames, boolean repeats, Consumer<ProjectedRows> before) {
        PositionKey key = new PositionKey(target.name(), frames.get(0).header().shard());
        PositionRow found = entities.find(PositionRow.class, key, LockModeType.PESSIMISTIC_WRITE);
        PositionRow row = found == null ? begin(key, frames) : found;
        RowBatch batch = new RowBatch(new LogPlace(key.shard(), row.executedBefore(), 0, Instant.EPOCH));
        int projected = 0;
        int skipped = 0;
        LogPosition position = row.position();
        Verdict verdict = Verdict.STALE;
        for (LogFrame frame : frames) {
            position = row.position();
            verdict = judge(position, frame);
            if (verdict == Verdict.NEXT) {
                tell(frame, row.executedBefore(), batch);
                row.advance(frame, clock.instant());
                projected++;
            } else if (verdict == Verdict.STALE) {
                skipped++;
            } else {
                break;
            }
        }
        ProjectedRows written = new ProjectedRows(target.name(), key.shard(), row.executedBefore(), batch.rows());
        if (projected == 0) {
            return new Projected(verdict, position, 0, skipped, 0, written);
        }
        before.accept(written);
        int rows = new RowWriter(entities, types, copyRowsMin).write(batch.changes(), repeats);
        if (found == null) {
            entities.persist(row);
        }
        return new Projected(verdict, position, projected, skipped, rows, written);
    }

    /**
     * Where the log starts, or for a target that begins anywhere at the first frame that tells outcomes: those of the
     * commands before are told by frames that are not here.
     */
    private PositionRow begin(PositionKey key, List<LogFrame> frames) {
        PositionRow row = new PositionRow(key, clock.instant());
        if (target.beginsAnywhere() && frames.get(0).header().sequence() > 0) {
            frames.stream()
                    .filter(frame -> !frame.executed().isEmpty())
                    .findFirst()
                    .ifPresentOrElse(row::beginAt, () -> row.advance(frames.get(frames.size() - 1), clock.instant()));
        }
        return row;
    }

    /** A later owner that writes what is projected already has another history than the one before it. */
    private static Verdict judge(LogPosition position, LogFrame frame) {
        boolean forked =
                frame.header().epoch() > position.epoch() && frame.header().sequence() < position.sequence();
        return forked ? Verdict.BROKEN : position.judge(frame);
    }

    private void tell(LogFrame frame, long executedBefore, RowBatch rows) {
        try {
            changes(upcaster.upcast(frame), executedBefore, rows);
        } catch (WireException | EngineException cause) {
            throw new DamagedLogException(cause.toString(), cause);
        }
    }

    private void changes(LogFrame frame, long executedBefore, RowBatch rows) {
        int shard = frame.header().shard();
        byte[] hash = frame.hash();
        long expected = executedBefore;
        for (ExecutedBatch batch : frame.executed()) {
            Invariants.check(
                    batch.firstOffset() == expected, "outcomes from offset %d after %d", batch.firstOffset(), expected);
            expected = batch.nextOffset();
            Instant time = Instant.EPOCH.plus(batch.timestampMicros(), ChronoUnit.MICROS);
            long offset = batch.firstOffset();
            for (LoggedOutcome outcome : batch.outcomes()) {
                if (outcome instanceof LoggedOutcome.Accepted accepted) {
                    for (int index = 0; index < accepted.events().size(); index++) {
                        rows.at(new LogPlace(shard, offset, index, time));
                        project(accepted.events().get(index), hash, rows);
                    }
                }
                offset++;
            }
        }
    }

    private void project(LoggedEvent logged, byte[] frameHash, RowBatch rows) {
        try {
            target.project(
                    ToldEvent.decode(domains.byId(logged.domainId()), logged.bytes(), rows.place(), frameHash), rows);
        } catch (RuntimeException cause) {
            throw new DamagedLogException(
                    "event %d of offset %d cannot be projected: %s"
                            .formatted(rows.place().index(), rows.place().offset(), cause),
                    cause);
        }
    }
}
