package io.mainstay.core.reconcile;

import java.time.Duration;
import java.util.List;

/** What a comparison has found, shard by shard. */
public record ReconcileReport(List<ShardReport> shards, Duration took) {
    public ReconcileReport {
        shards = List.copyOf(shards);
    }

    /** Also those that are not listed. */
    public long differenceCount() {
        return shards.stream().mapToLong(ShardReport::differenceCount).sum();
    }

    /**
     * One shard.
     *
     * @param offset of the first command that is in neither of both
     * @param differences the first ones, up to {@link Difference#LISTED_MAX}
     * @param differenceCount of all
     */
    public record ShardReport(
            int shard,
            long offset,
            List<Compared> compared,
            List<Difference> differences,
            long differenceCount,
            Duration took) {
        public ShardReport {
            compared = List.copyOf(compared);
            differences = List.copyOf(differences);
        }

        /** Rows of all tables. */
        public long rowCount() {
            return compared.stream().mapToLong(Compared::rowCount).sum();
        }
    }

    /**
     * How much of a table was compared.
     *
     * @param rowCount that engine or database have
     * @param sumCount that engine or database have
     */
    public record Compared(String table, long rowCount, long sumCount) {}
}
