package io.mainstay.core.route;

import java.util.UUID;

/** Is told which ids a shard comes to hold. */
public interface KnownIds {
    /** For shards that nobody is routed to, such as replicas. */
    KnownIds NONE = new KnownIds() {
        @Override
        public void know(UUID id, int shard) {}

        @Override
        public void forget(UUID id) {}
    };

    void know(UUID id, int shard);

    void forget(UUID id);
}
