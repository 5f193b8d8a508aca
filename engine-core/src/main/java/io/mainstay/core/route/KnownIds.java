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

        @Override
        public void forgetAll(int shard) {}
    };

    void know(UUID id, int shard);

    void forget(UUID id);

    /** The shard begins anew: what it holds will be told again. */
    void forgetAll(int shard);
}
