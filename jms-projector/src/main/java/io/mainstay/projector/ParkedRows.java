package io.mainstay.projector;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import io.mainstay.projector.RowBatch.Change;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Rows that wait for an event which could not be projected, by their keys as texts. Where an event does not tell its rows, all
 * rows wait that have an id of its in their key.
 */
final class ParkedRows {
    private static final String ANY = "* ";
    /** A longer key is cut, and rows that are told apart behind that wait for each other. */
    private static final int KEY_LENGTH_MAX = 500;

    private final Set<String> keys = new HashSet<>();

    /** The keys of rows that changes are about; a row whose key is not complete has none. */
    static Set<String> of(List<Change> changes) {
        Set<String> keys = new LinkedHashSet<>();
        for (Change change : changes) {
            Row row = change.row();
            if (row.table().key().stream().allMatch(row::has)) {
                keys.add(text(row));
            }
        }
        return keys;
    }

    /** The keys of all rows that have one of these ids in their key. */
    static Set<String> ofAny(Collection<UUID> ids) {
        Set<String> keys = new LinkedHashSet<>();
        ids.forEach(id -> keys.add(ANY + id));
        return keys;
    }

    void add(Collection<String> more) {
        keys.addAll(more);
    }

    /** True if one of these keys waits. */
    boolean hasAny(Collection<String> some) {
        return some.stream().anyMatch(keys::contains);
    }

    /** Hot: once for each event; almost always no row waits. */
    boolean touchedBy(List<Change> changes) {
        if (keys.isEmpty()) {
            return false;
        }
        for (Change change : changes) {
            if (touchedBy(change.row())) {
                return true;
            }
        }
        return false;
    }

    private boolean touchedBy(Row row) {
        for (Column<?> column : row.table().key()) {
            if (row.find(column) instanceof UUID id && keys.contains(ANY + id)) {
                return true;
            }
        }
        return row.table().key().stream().allMatch(row::has) && keys.contains(text(row));
    }

    private static String text(Row row) {
        StringBuilder text = new StringBuilder(row.table().name());
        for (Column<?> column : row.table().key()) {
            text.append(' ').append(column.name()).append('=').append(row.find(column));
        }
        String clean = text.toString().replace("\0", "");
        if (clean.length() <= KEY_LENGTH_MAX) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(KEY_LENGTH_MAX - 1)) ? KEY_LENGTH_MAX - 1 : KEY_LENGTH_MAX;
        return clean.substring(0, end);
    }
}
