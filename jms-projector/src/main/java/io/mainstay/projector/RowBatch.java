package io.mainstay.projector;

import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import java.util.ArrayList;
import java.util.List;

/** The changes of one transaction, in the order in which they happened. */
final class RowBatch implements RowChanges {
    /** What is done with a row. */
    enum Kind {
        INSERT,
        INSERT_IF_ABSENT,
        UPDATE,
        INSERT_OWN,
        UPDATE_OWN
    }

    /** A row and the place of the event that changes it. */
    record Change(Kind kind, Row row, LogPlace place) {}

    private final List<Change> changes = new ArrayList<>();
    private LogPlace place;

    RowBatch(LogPlace start) {
        this.place = start;
    }

    /** The changes that follow are those of the event at this place. */
    void at(LogPlace next) {
        place = next;
    }

    LogPlace place() {
        return place;
    }

    List<Change> changes() {
        return changes;
    }

    /** How many changes there are. */
    int mark() {
        return changes.size();
    }

    /** The changes behind a mark. */
    List<Change> since(int mark) {
        return changes.subList(mark, changes.size());
    }

    /** Takes the changes behind a mark out. */
    void takeBack(int mark) {
        since(mark).clear();
    }

    /** The rows that change, once for each change. */
    List<Row> rows() {
        return changes.stream().map(Change::row).toList();
    }

    @Override
    public void insert(Row row) {
        changes.add(new Change(Kind.INSERT, row, place));
    }

    @Override
    public void insertIfAbsent(Row row) {
        changes.add(new Change(Kind.INSERT_IF_ABSENT, row, place));
    }

    @Override
    public void update(Row row) {
        changes.add(new Change(Kind.UPDATE, row, place));
    }

    @Override
    public void insertOwn(Row row) {
        changes.add(new Change(Kind.INSERT_OWN, row, place));
    }

    @Override
    public void updateOwn(Row row) {
        changes.add(new Change(Kind.UPDATE_OWN, row, place));
    }
}
