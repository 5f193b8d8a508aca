package io.mainstay.api;

import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.gateway.ShardStatus.Load;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.gateway.ShardStatus.Replay;
import java.util.Optional;

/** What shards say of themselves in tests. */
final class Shards {
    private Shards() {}

    static ShardStatus serving(int shard, long nextOffset) {
        return at(shard, Phase.SERVING, nextOffset);
    }

    static ShardStatus recovering(int shard) {
        return at(shard, Phase.RECOVERING, 0);
    }

    private static ShardStatus at(int shard, Phase phase, long nextOffset) {
        return new ShardStatus(
                shard, phase, 1, nextOffset, Load.NONE, Replay.NONE, Optional.empty(), Optional.empty(), "");
    }
}
