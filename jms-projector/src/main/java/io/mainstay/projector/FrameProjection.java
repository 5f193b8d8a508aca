package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domain;
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
     * @param letters what became of events that are not written
     */
    record Projected(
            Verdict verdict,
            LogPosition position,
            int frames,
            int skipped,
            int rows,
            ProjectedRows written,
            Letters letters) {
        /** Frames that are dealt with: all, or those before one that is out of order. */
        int done() {
            return frames + skipped;
        }
    }

    /**
     * How a transaction goes about its frames.
     *
     * @param repeats whether to look for rows that may be there already
     * @param poison events that are known not to be projectable
     * @param eventsMax so many events of the frames alone, to find out which one the database refuses
     */
    record Attempt(boolean repeats, Poison poison, int eventsMax) {
        static Attempt of(boolean repeats, Poison poison) {
            return new Attempt(repeats, poison, Integer.MAX_VALUE);
        }
    }

    /**
     * Events that have become dead letters.
     *
     * @param openCount of the target's shard, all together
     * @param fresh those of this transaction
     */
    record Letters(int openCount, List<ParkedEvent> fresh) {}

    private final ProjectionTarget target;
    private final Domains domains;
    private final FrameUpcaster upcaster;
    private final RowTypes types;
    private final int copyRowsMin;
    private final int deadLettersMax;
    private final Clock clock;

    FrameProjection(
            ProjectionTarget target,
            Domains domains,
            RowTypes types,
            int copyRowsMin,
            int deadLettersMax,
            Clock clock) {
        this.target = target;
        this.domains = domains;
        this.upcaster = new FrameUpcaster(domains);
        this.types = types;
        this.copyRowsMin = copyRowsMin;
        this.deadLettersMax = deadLettersMax;
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

    /** How many dead letters the target has open in a shard. */
    int openLetters(EntityManager entities, int shard) {
        return new DeadLetterTable(entities).open(target.name(), shard).count();
    }

    /**
     * Applies frames of one shard, each if it is the next one, up to the first that is out of order; {@link
     * DamagedLogException} if what they tell cannot be. An event that cannot be projected becomes a dead letter.
     *
     * @param frames at least one
     * @param before told of the rows before they are written
     */
    Projected project(EntityManager entities, List<LogFrame> frames, Attempt attempt, Consumer<ProjectedRows> before) {
        PositionKey key = new PositionKey(target.name(), frames.get(0).header().shard());
        PositionRow found = entities.find(PositionRow.class, key, LockModeType.PESSIMISTIC_WRITE);
        PositionRow row = found == null ? begin(key, frames) : found;
        long firstOffset = row.executedBefore();
        RowBatch batch = new RowBatch(new LogPlace(key.shard(), firstOffset, 0, Instant.EPOCH));
        DeadLetterTable letters = new DeadLetterTable(entities);
        Parking parking = new Parking(letters.open(target.name(), key.shard()), attempt.poison(), deadLettersMax);
        Telling telling = new Telling(batch, parking, attempt.eventsMax());
        int projected = 0;
        int skipped = 0;
        LogPosition position = row.position();
        Verdict verdict = Verdict.STALE;
        for (LogFrame frame : frames) {
            position = row.position();
            verdict = judge(position, frame);
            if (verdict == Verdict.NEXT) {
                tell(frame, row.executedBefore(), telling);
                row.advance(frame, clock.instant());
                projected++;
            } else if (verdict == Verdict.STALE) {
                skipped++;
            } else {
                break;
            }
        }
        ProjectedRows written =
                new ProjectedRows(target.name(), key.shard(), firstOffset, row.executedBefore(), batch.rows());
        if (projected == 0) {
            return new Projected(
                    verdict, position, 0, skipped, 0, written, new Letters(parking.openCount(), List.of()));
        }
        before.accept(written);
        int rows = write(entities, batch, attempt.repeats());
        if (!parking.parked().isEmpty()) {
            letters.insert(target.name(), parking.parked(), clock.instant());
        }
        if (found == null) {
            entities.persist(row);
        }
        return new Projected(
                verdict,
                position,
                projected,
                skipped,
                rows,
                written,
                new Letters(parking.openCount(), parking.parked()));
    }

    /** Writes changes in the transaction; returns how many rows were inserted or updated. */
    int write(EntityManager entities, RowBatch changes, boolean repeats) {
        return new RowWriter(entities, types, copyRowsMin).write(changes.changes(), repeats);
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

    /** How many events a frame tells. */
    static int eventCount(LogFrame frame) {
        int count = 0;
        for (ExecutedBatch batch : frame.executed()) {
            for (LoggedOutcome outcome : batch.outcomes()) {
                count += outcome instanceof LoggedOutcome.Accepted accepted
                        ? accepted.events().size()
                        : 0;
            }
        }
        return count;
    }

    /** Where an event of a frame stands, by its number from 0. */
    static LogPlace placeOf(LogFrame frame, int number) {
        int left = number;
        for (ExecutedBatch batch : frame.executed()) {
            long offset = batch.firstOffset();
            for (LoggedOutcome outcome : batch.outcomes()) {
                if (outcome instanceof LoggedOutcome.Accepted accepted) {
                    if (left < accepted.events().size()) {
                        return new LogPlace(frame.header().shard(), offset, left, time(batch));
                    }
                    left -= accepted.events().size();
                }
                offset++;
            }
        }
        throw new IllegalArgumentException(
                "frame " + frame.header().sequence() + " has " + (number - left) + " events, none of number " + number);
    }

    /** What a transaction tells: the changes so far, and what becomes of events that cannot be among them. */
    private static final class Telling {
        private final RowBatch rows;
        private final Parking parking;
        private int eventsLeft;

        Telling(RowBatch rows, Parking parking, int eventsMax) {
            this.rows = rows;
            this.parking = parking;
            this.eventsLeft = eventsMax;
        }
    }

    private void tell(LogFrame frame, long executedBefore, Telling telling) {
        try {
            changes(upcaster.upcast(frame), executedBefore, telling);
        } catch (WireException | EngineException cause) {
            throw new DamagedLogException(cause.toString(), cause);
        }
    }

    private void changes(LogFrame frame, long executedBefore, Telling telling) {
        int shard = frame.header().shard();
        byte[] hash = frame.hash();
        long expected = executedBefore;
        for (ExecutedBatch batch : frame.executed()) {
            Invariants.check(
                    batch.firstOffset() == expected, "outcomes from offset %d after %d", batch.firstOffset(), expected);
            expected = batch.nextOffset();
            Instant time = time(batch);
            long offset = batch.firstOffset();
            for (LoggedOutcome outcome : batch.outcomes()) {
                if (outcome instanceof LoggedOutcome.Accepted accepted) {
                    for (int index = 0; index < accepted.events().size() && telling.eventsLeft > 0; index++) {
                        telling.eventsLeft--;
                        telling.rows.at(new LogPlace(shard, offset, index, time));
                        project(accepted.events().get(index), hash, telling);
                    }
                }
                offset++;
            }
        }
    }

    private void project(LoggedEvent logged, byte[] frameHash, Telling telling) {
        int mark = telling.rows.mark();
        Parking.Tried tried = project(domain(logged, telling.rows), logged.bytes(), frameHash, telling.rows);
        telling.parking.judge(tried, telling.rows, mark);
    }

    /** A domain that is not installed is missing to all its events, and a person installs it. */
    private Domain<?, ?, ?> domain(LoggedEvent logged, RowBatch rows) {
        try {
            return domains.byId(logged.domainId());
        } catch (IllegalArgumentException unknown) {
            throw new DamagedLogException(
                    "event %d of offset %d cannot be projected: %s"
                            .formatted(rows.place().index(), rows.place().offset(), unknown.getMessage()),
                    unknown);
        }
    }

    /** Adds the changes of an event to the batch, or those that its rule had made when it failed. */
    Parking.Tried project(Domain<?, ?, ?> domain, byte[] bytes, byte[] frameHash, RowBatch rows) {
        ToldEvent<?> told = null;
        RuntimeException failure = null;
        try {
            told = ToldEvent.decode(domain, bytes, rows.place(), frameHash);
            target.project(told, rows);
        } catch (RuntimeException cause) {
            failure = cause;
        }
        return new Parking.Tried(domain, bytes, frameHash, told == null ? null : told.event(), failure);
    }

    private static Instant time(ExecutedBatch batch) {
        return Instant.EPOCH.plus(batch.timestampMicros(), ChronoUnit.MICROS);
    }
}
