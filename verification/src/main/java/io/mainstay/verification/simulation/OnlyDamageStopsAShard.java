package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;

/** A shard stops for good only when its log is damaged, and says at which offset. */
final class OnlyDamageStopsAShard implements Invariant {
    @Override
    public void recovered(SimulatedShard shard) {
        if (shard.storage().log().isDamaged()) {
            throw broken("shard %d serves on a damaged log", shard.number());
        }
    }

    @Override
    public void stopped(SimulatedShard shard, EngineException broken) {
        String reason = String.valueOf(broken.getMessage());
        if (!shard.storage().log().isDamaged()) {
            throw broken("shard %d stopped without need: %s", shard.number(), reason);
        }
        if (!reason.startsWith("log damaged at offset ")) {
            throw broken("shard %d stopped without saying where: %s", shard.number(), reason);
        }
    }
}
