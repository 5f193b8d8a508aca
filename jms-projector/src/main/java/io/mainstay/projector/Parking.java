package io.mainstay.projector;

import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.projector.DeadLetterTable.Open;
import io.mainstay.projector.RowBatch.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides, event by event within one transaction, what is written and what becomes a dead letter: an event that is poison,
 * and one that touches a row which waits for an earlier one. All rows of such an event wait from then on, or their versions
 * would have a gap.
 */
final class Parking {
    private final Open open;
    private final Poison poison;
    private final int openMax;
    private final List<ParkedEvent> parked = new ArrayList<>();

    /** {@code openMax} is how many letters a target's shard may have open. */
    Parking(Open open, Poison poison, int openMax) {
        this.open = open;
        this.poison = poison;
        this.openMax = openMax;
    }

    /** The letters to be written, in the order of their events. */
    List<ParkedEvent> parked() {
        return parked;
    }

    /** Letters that are open with them. */
    int openCount() {
        return open.count() + parked.size();
    }

    /**
     * Takes an event's changes, which stand in the batch from a mark on, out again if they may not be written.
     */
    void judge(Tried tried, RowBatch rows, int mark) {
        RuntimeException failure = tried.failure();
        Event event = tried.event();
        Cause cause = failure == null ? poison.at(rows.place()) : Cause.of(failure);
        List<Change> own = rows.since(mark);
        boolean behind = open.rows().touchedBy(own);
        if (cause == null && !behind) {
            return;
        }
        Set<String> keys = new LinkedHashSet<>(ParkedRows.of(own));
        if (failure != null && event != null) {
            keys.addAll(ParkedRows.ofAny(EventText.aggregates(event)));
        }
        rows.takeBack(mark);
        open.rows().add(keys);
        parked.add(new ParkedEvent(
                rows.place(),
                cause == null ? State.QUEUED : State.PARKED,
                tried.domain().id(),
                tried.domain().name(),
                tried.domain().schemaVersion(),
                event == null ? "" : event.getClass().getSimpleName(),
                keys,
                tried.bytes(),
                tried.frameHash(),
                cause == null ? Cause.BEHIND : cause));
        if (openCount() > openMax) {
            throw new DamagedLogException(
                    "more than %d dead letters would be open (mainstay.projection.dead-letters.max), with event %d of offset %d: %s; mend the cause and retry them"
                            .formatted(
                                    openMax,
                                    rows.place().index(),
                                    rows.place().offset(),
                                    parked.get(parked.size() - 1).cause().text()));
        }
    }

    /**
     * An event whose rule was asked.
     *
     * @param event null if the bytes cannot be read
     * @param failure that the rule ended with; null if it did not fail
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Tried(
            Domain<?, ?, ?> domain,
            byte[] bytes,
            byte[] frameHash,
            @Nullable Event event,
            @Nullable RuntimeException failure) {}
}
