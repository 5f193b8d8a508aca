package io.mainstay.core.domain;

import io.mainstay.core.route.Homes;
import java.util.UUID;

/** Where and when a command is decided: the same when it is decided again. Valid during the call only. */
public interface CommandContext {
    /** Time of the command's batch, in microseconds since the epoch. */
    long nowMicros();

    /** The shard that decides: where answers to a message of its own go. */
    int shard();

    /** How many shards there are, numbered from 0 on: where a domain sends what every shard has to know. */
    int shards();

    /** Position of the command in its shard's log. */
    long offset();

    /** The shard that holds an aggregate of a {@link io.mainstay.core.route.Route.Spanning} command; this one if none is known to. */
    int shardOf(UUID aggregate);

    /** A context that stays as it is, for deciding outside a shard; of the last shard, with nothing known to live elsewhere. */
    static CommandContext of(int shard, long offset, long nowMicros) {
        return new Fixed(shard, shard + 1, offset, nowMicros, Homes.HERE);
    }

    /** See {@link #of}. */
    record Fixed(int shard, int shards, long offset, long nowMicros, Homes homes) implements CommandContext {
        @Override
        public int shardOf(UUID aggregate) {
            return homes.shardOf(aggregate, shard);
        }
    }
}
