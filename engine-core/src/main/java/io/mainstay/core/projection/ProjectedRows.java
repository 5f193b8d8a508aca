package io.mainstay.core.projection;

import java.util.List;

/**
 * What one transaction of a projection writes.
 *
 * @param target the projection target's name
 * @param firstOffset all outcomes of the shard below this offset were projected before it
 * @param nextOffset all outcomes of the shard below this offset are projected with it
 * @param rows that are inserted or updated, in the order of the events; an update has the key and what changes
 */
public record ProjectedRows(String target, int shard, long firstOffset, long nextOffset, List<Row> rows) {
    public ProjectedRows {
        if (shard < 0 || firstOffset < 0 || nextOffset < firstOffset) {
            throw new IllegalArgumentException(
                    "no transaction of shard %d: from offset %d to %d".formatted(shard, firstOffset, nextOffset));
        }
        rows = List.copyOf(rows);
    }
}
