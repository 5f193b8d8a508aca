package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.deadletters.DeadLetterRefusal;
import io.mainstay.core.deadletters.DeadLetterRefusal.Reason;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.ProjectedRows;
import io.mainstay.core.projection.Row;
import io.mainstay.projector.Parking.Tried;
import io.mainstay.projector.RowBatch.Change;
import io.mainstay.projector.RowBatch.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is done with one dead letter of a target, within the caller's transaction. It locks the target's position, as the
 * projection does: neither sees what the other has half done.
 */
final class DeadLetterReplay {
    private final FrameProjection projection;
    private final Domains domains;
    private final Hooks hooks;
    private final Clock clock;

    DeadLetterReplay(FrameProjection projection, Domains domains, Hooks hooks, Clock clock) {
        this.projection = projection;
        this.domains = domains;
        this.hooks = hooks;
        this.clock = clock;
    }

    /**
     * What became of a letter.
     *
     * @param state that it has now
     * @param letter as it was before
     * @param written what the transaction writes, for the hooks; null if it writes no rows
     */
    record Replayed(
            State state, DeadLetter letter, @Nullable ProjectedRows written) {}

    /**
     * Writes the rows of an open letter, unless it has to wait for one of these rows; empty if it is open no more. Throws what
     * went wrong: then the transaction has to end, and {@link #failed} tells the letter.
     */
    Optional<Replayed> retry(EntityManager entities, UUID id, ParkedRows waiting) {
        DeadLetterTable table = new DeadLetterTable(entities);
        DeadLetterRow found = locked(entities, id);
        DeadLetter letter = found.letter();
        if (!letter.state().isOpen()) {
            return Optional.empty();
        }
        RowBatch rows = new RowBatch(place(letter));
        Tried tried = tried(found, rows);
        if (waiting.hasAny(letter.rows()) || waiting.touchedBy(rows.changes())) {
            return Optional.of(new Replayed(State.QUEUED, letter, null));
        }
        if (tried.failure() != null) {
            throw new PoisonEventException(rows.place(), tried.failure());
        }
        ProjectedRows written = write(entities, letter, rows);
        table.resolved(id, clock.instant());
        return Optional.of(new Replayed(State.RESOLVED, letter, written));
    }

    /** A retry of the letter has failed. */
    void failed(EntityManager entities, UUID id, Cause cause) {
        DeadLetterRow found = locked(entities, id);
        if (found.letter().state().isOpen()) {
            new DeadLetterTable(entities).triedAgain(id, State.PARKED, cause, clock.instant());
        }
    }

    /** Passes an open letter over; {@link DeadLetterRefusal} if it is not, or an earlier one of its rows comes first. */
    Replayed discard(EntityManager entities, UUID id, String by, String reason) {
        DeadLetterTable table = new DeadLetterTable(entities);
        DeadLetterRow found = locked(entities, id);
        DeadLetter letter = found.letter();
        if (!letter.state().isOpen()) {
            throw new DeadLetterRefusal(Reason.CLOSED, "dead letter " + id + " is " + letter.state() + " already");
        }
        RowBatch rows = new RowBatch(place(letter));
        tried(found, rows);
        ParkedRows before = table.rowsBefore(letter);
        if (before.hasAny(letter.rows()) || before.touchedBy(rows.changes())) {
            throw new DeadLetterRefusal(
                    Reason.BEHIND,
                    "dead letter " + id + " waits behind an earlier one of its rows, which has to be dealt with first");
        }
        List<Row> moved = moveVersions(entities, rows);
        ProjectedRows written = rows(letter, executedBefore(entities, letter), moved);
        hooks.before(written);
        table.discarded(id, by, reason, clock.instant());
        return new Replayed(State.DISCARDED, letter, written);
    }

    /** The event as the installed version of its domain writes it; {@link EngineException} if that is not installed. */
    Tried tried(DeadLetterRow found, RowBatch rows) {
        byte[] event = found.event();
        if (event == null) {
            throw new IllegalStateException(
                    "no event is kept of dead letter " + found.letter().id());
        }
        Domain<?, ?, ?> domain;
        byte[] bytes;
        try {
            domain = domains.byId(found.domainId());
            bytes = domains.upcastEvent(found.domainId(), event, Map.of(found.domainId(), found.schemaVersion()));
        } catch (IllegalArgumentException unknown) {
            throw new EngineException(
                    Severity.DEGRADED,
                    "domain " + found.letter().domain() + " of dead letter "
                            + found.letter().id() + " is not installed",
                    unknown);
        }
        return projection.project(domain, bytes, found.frameHash(), rows);
    }

    static LogPlace place(DeadLetter letter) {
        return new LogPlace(letter.shard(), letter.offset(), letter.index(), letter.eventAt());
    }

    /** Rows that change without the position's moving on. */
    private static ProjectedRows rows(DeadLetter letter, long position, List<Row> rows) {
        return new ProjectedRows(letter.target(), letter.shard(), position, position, rows);
    }

    private ProjectedRows write(EntityManager entities, DeadLetter letter, RowBatch rows) {
        ProjectedRows written = rows(letter, executedBefore(entities, letter), rows.rows());
        hooks.before(written);
        projection.write(entities, rows, true);
        entities.flush();
        // What a commit would check, while it can still be told what fails.
        entities.createNativeQuery("SET CONSTRAINTS ALL IMMEDIATE").executeUpdate();
        return written;
    }

    /** Brings the rows that the event would have updated to the versions it would have given them; returns which. */
    private List<Row> moveVersions(EntityManager entities, RowBatch rows) {
        List<Row> moved = new ArrayList<>();
        for (Change change : rows.changes()) {
            boolean updates = change.kind() == Kind.UPDATE || change.kind() == Kind.UPDATE_OWN;
            Optional<Column<Long>> version = change.row().table().version().filter(change.row()::has);
            if (updates && version.isPresent()) {
                Row alone = Row.of(change.row().table());
                change.row().table().key().forEach(column -> take(column, change.row(), alone));
                take(version.get(), change.row(), alone);
                if (isMoved(entities, change, alone)) {
                    moved.add(alone);
                }
            }
        }
        return moved;
    }

    /** A row that is not there, or not at the version before, is left alone. */
    private boolean isMoved(EntityManager entities, Change change, Row alone) {
        RowBatch one = new RowBatch(change.place());
        if (change.kind() == Kind.UPDATE) {
            one.update(alone);
        } else {
            one.updateOwn(alone);
        }
        try {
            projection.write(entities, one, false);
            return true;
        } catch (PoisonEventException nothingToMove) {
            return false;
        }
    }

    private static <T> void take(Column<T> column, Row from, Row to) {
        to.set(column, from.find(column));
    }

    /** The letter, with the position of its target and shard locked first; {@link DeadLetterRefusal} if there is none. */
    private DeadLetterRow locked(EntityManager entities, UUID id) {
        DeadLetterTable table = new DeadLetterTable(entities);
        DeadLetter letter = find(table, id).letter();
        entities.find(
                PositionRow.class, new PositionKey(letter.target(), letter.shard()), LockModeType.PESSIMISTIC_WRITE);
        return find(table, id);
    }

    static DeadLetterRow find(DeadLetterTable table, UUID id) {
        return table.find(id).orElseThrow(() -> new DeadLetterRefusal(Reason.UNKNOWN, "there is no dead letter " + id));
    }

    private static long executedBefore(EntityManager entities, DeadLetter letter) {
        PositionRow position = entities.find(PositionRow.class, new PositionKey(letter.target(), letter.shard()));
        return position == null ? 0 : position.executedBefore();
    }
}
