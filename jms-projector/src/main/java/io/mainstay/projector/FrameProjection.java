package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.Invariants;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameUpcaster;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LogPosition.Verdict;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Turns one frame into rows and moves the position on, within the caller's transaction. */
final class FrameProjection {
    /**
     * What became of a frame.
     *
     * @param position before the frame
     * @param executedBefore offset of the next command whose outcome is to be projected, after the frame
     * @param rows inserted or updated, the position's own left out
     */
    record Projected(Verdict verdict, LogPosition position, long executedBefore, int rows) {}

    private final String target;
    private final Domains domains;
    private final FrameUpcaster upcaster;
    private final RowTypes types;
    private final Clock clock;

    FrameProjection(String target, Domains domains, Clock clock) {
        this.target = target;
        this.domains = domains;
        this.upcaster = new FrameUpcaster(domains);
        this.types = new RowTypes(domains.all().stream()
                .flatMap(domain -> domain.projection().tables().stream())
                .toList());
        this.clock = clock;
    }

    /** False until the types of rows are made, by {@link #prepare} in a transaction of its own. */
    boolean isPrepared() {
        return types.areMade();
    }

    /** Makes the types of rows. A transaction that has begun before they were made would leave such rows out silently. */
    void prepare(EntityManager entities) {
        types.make(entities);
    }

    /** Applies the frame if it is the next one; {@link DamagedLogException} if what it tells cannot be. */
    Projected project(EntityManager entities, LogFrame frame, boolean repeats) {
        PositionKey key = new PositionKey(target, frame.header().shard());
        PositionRow found = entities.find(PositionRow.class, key, LockModeType.PESSIMISTIC_WRITE);
        PositionRow row = found == null ? new PositionRow(key, clock.instant()) : found;
        LogPosition position = row.position();
        Verdict verdict = judge(position, frame);
        if (verdict != Verdict.NEXT) {
            return new Projected(verdict, position, row.executedBefore(), 0);
        }
        int rows = apply(entities, frame, row.executedBefore(), repeats);
        row.advance(frame, clock.instant());
        if (found == null) {
            entities.persist(row);
        }
        return new Projected(verdict, position, row.executedBefore(), rows);
    }

    /** A later owner that writes what is projected already has another history than the one before it. */
    private static Verdict judge(LogPosition position, LogFrame frame) {
        boolean forked =
                frame.header().epoch() > position.epoch() && frame.header().sequence() < position.sequence();
        return forked ? Verdict.BROKEN : position.judge(frame);
    }

    private int apply(EntityManager entities, LogFrame frame, long executedBefore, boolean repeats) {
        try {
            RowBatch batch = changes(upcaster.upcast(frame), executedBefore);
            return new RowWriter(entities, types.all()).write(batch.changes(), repeats);
        } catch (WireException | EngineException cause) {
            throw new DamagedLogException(cause.toString(), cause);
        }
    }

    private RowBatch changes(LogFrame frame, long executedBefore) {
        int shard = frame.header().shard();
        RowBatch rows = new RowBatch(new LogPlace(shard, executedBefore, 0, Instant.EPOCH));
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
                        project(accepted.events().get(index), rows);
                    }
                }
                offset++;
            }
        }
        return rows;
    }

    private void project(LoggedEvent logged, RowBatch rows) {
        try {
            project(domains.byId(logged.domainId()), logged.bytes(), rows);
        } catch (IllegalArgumentException unknown) {
            throw new DamagedLogException(unknown.toString(), unknown);
        }
    }

    private static <E extends Event> void project(Domain<?, ?, E> domain, byte[] bytes, RowBatch rows) {
        E event = domain.events().decode(new WireReader(bytes));
        domain.projection().rule().project(event, rows.place(), rows);
    }
}
