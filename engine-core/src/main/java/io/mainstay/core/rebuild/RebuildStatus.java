package io.mainstay.core.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a rebuild is.
 *
 * @param updatedAt when it last said so
 * @param rows inserted or updated since a server began with it or went on with it
 * @param shards those that have come anywhere yet
 * @param compared the tables, as soon as they were compared
 * @param cause why it failed
 */
public record RebuildStatus(
        UUID id,
        String target,
        State state,
        Instant createdAt,
        Instant updatedAt,
        long rows,
        List<Shard> shards,
        List<Compared> compared,
        Optional<String> cause) {
    public RebuildStatus {
        shards = List.copyOf(shards);
        compared = List.copyOf(compared);
    }

    /** What a rebuild is doing. */
    public enum State {
        /** Rows are made from the log. */
        BUILDING(false),
        /** Old and new tables are compared, at one position. */
        COMPARING(false),
        /** The new tables take the place of the old ones. */
        SWITCHING(false),
        /** They have. */
        DONE(true),
        /** Broken off by order. */
        CANCELLED(true),
        /** Broken off for a cause. */
        FAILED(true);

        private final boolean end;

        State(boolean end) {
            this.end = end;
        }

        public boolean isEnd() {
            return end;
        }
    }

    /**
     * A shard's progress.
     *
     * @param offset outcomes below it are in the new tables
     * @param goal outcomes below it were in the old tables lately
     */
    public record Shard(int shard, long offset, long goal) {}

    /**
     * An old table beside its new one, at one position.
     *
     * @param rows in the old one
     * @param rebuiltRows in the new one
     * @param equal whether all rows are, told by their hashes
     */
    public record Compared(String table, long rows, long rebuiltRows, boolean equal) {}
}
