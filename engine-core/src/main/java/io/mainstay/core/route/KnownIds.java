package io.mainstay.core.route;

import java.util.UUID;
import java.util.function.Predicate;

/** Is told which aggregates a shard comes to hold. */
public interface KnownIds {
    /** For shards that nobody is routed to, such as replicas. */
    KnownIds NONE = new KnownIds() {
        @Override
        public void know(UUID id, int shard) {}

        @Override
        public void retain(int shard, Predicate<UUID> held) {}
    };

    /** Told again when the shard recovers: once an aggregate is made, it stays, and never moves to another shard. */
    void know(UUID id, int shard);

    /** The shard has recovered and holds, of all that it was known to hold, only this: a crash took the rest. */
    void retain(int shard, Predicate<UUID> held);
}
