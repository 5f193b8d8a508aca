package io.mainstay.core.projection;

import java.util.List;

/**
 * What one transaction of a projection writes.
 *
 * @param target the projection target's name
 * @param nextOffset all outcomes of the shard below this offset are projected with it
 * @param rows that are inserted or updated, in the order of the events; an update has the key and what changes
 */
public record ProjectedRows(String target, int shard, long nextOffset, List<Row> rows) {}
