package io.mainstay.core.log;

import java.util.List;

/**
 * The outcomes of entries that were executed together, as they stand in a later frame than the entries.
 *
 * @param firstOffset offset of the first outcome's entry; the others follow without a gap
 * @param timestampMicros time of the entries, since the epoch
 */
public record ExecutedBatch(long firstOffset, long timestampMicros, List<LoggedOutcome> outcomes) {
    public long nextOffset() {
        return firstOffset + outcomes.size();
    }
}
