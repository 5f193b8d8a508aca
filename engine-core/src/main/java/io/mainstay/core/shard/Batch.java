package io.mainstay.core.shard;

import io.mainstay.core.log.Append;
import io.mainstay.core.shard.Submission.Loggable;
import java.util.List;

/** Entries that were appended together, in the order of their offsets. */
record Batch(Append append, long firstOffset, long timestampMicros, List<Loggable> entries) {
    long nextOffset() {
        return firstOffset + entries.size();
    }
}
