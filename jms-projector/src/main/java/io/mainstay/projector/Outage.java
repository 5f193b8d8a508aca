package io.mainstay.projector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says once when the database begins to refuse and once when it serves again, however many shards notice. */
final class Outage {
    private static final Logger LOG = Logger.getLogger(Outage.class.getName());

    private final Clock clock;
    private final Set<Integer> waiting = new HashSet<>();
    private Instant since = Instant.EPOCH;
    private boolean refused;

    Outage(Clock clock) {
        this.clock = clock;
    }

    /** A shard's frame waits for the database. */
    synchronized void waits(int shard, SqlFailure kind, Throwable failure) {
        boolean refusal = kind == SqlFailure.REFUSED || kind == SqlFailure.DUPLICATE;
        if (waiting.isEmpty()) {
            since = clock.instant();
            refused = false;
        }
        if (waiting.isEmpty() || (refusal && !refused)) {
            LOG.log(
                    refusal ? Level.SEVERE : Level.WARNING,
                    failure,
                    () -> "projection of shard %d waits for the database (%s); commands go on, rows follow"
                            .formatted(shard, refusal ? "it refuses the rows" : "it is away"));
        }
        refused |= refusal;
        waiting.add(shard);
    }

    /** A shard's frame goes back to the broker, for another reason than the database. */
    synchronized void leaves(int shard) {
        waiting.remove(shard);
    }

    /** The database has answered for a shard's frame. */
    synchronized void ends(int shard) {
        if (waiting.remove(shard) && waiting.isEmpty()) {
            LOG.info(() -> "projection goes on; it waited for the database for %d ms"
                    .formatted(Duration.between(since, clock.instant()).toMillis()));
        }
    }
}
