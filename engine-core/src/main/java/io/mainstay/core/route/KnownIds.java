package io.mainstay.core.route;

import java.util.UUID;

/** Is told which aggregates a shard comes to hold. */
@FunctionalInterface
public interface KnownIds {
    /** For shards that nobody is routed to, such as replicas. */
    KnownIds NONE = (id, shard) -> {};

    /** Told again when the shard recovers: once an aggregate is made, it stays, and never moves to another shard. */
    void know(UUID id, int shard);
}
