package io.mainstay.core.route;

import java.util.List;
import java.util.UUID;

/**
 * Where those aggregates of a command live that are not on the shard that decides it. Stands in the log with the command,
 * so that it is decided the same way again.
 */
public record Homes(List<Home> elsewhere) {
    /** Nothing is known to live elsewhere. */
    public static final Homes HERE = new Homes(List.of());

    /** An aggregate and the number of its shard. */
    public record Home(UUID aggregate, int shard) {}

    public Homes {
        elsewhere = List.copyOf(elsewhere);
    }

    /** The shard of an aggregate: {@code here}, unless it is known to live elsewhere. */
    public int shardOf(UUID aggregate, int here) {
        for (int index = 0; index < elsewhere.size(); index++) {
            if (elsewhere.get(index).aggregate().equals(aggregate)) {
                return elsewhere.get(index).shard();
            }
        }
        return here;
    }
}
