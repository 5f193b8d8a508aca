package io.mainstay.verification.simulation;

import io.mainstay.core.shard.Durability;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.core.shard.Durability.GroupCommit;
import io.mainstay.core.shard.Durability.Sync;
import io.mainstay.core.shard.ShardConfig;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one run is like, drawn from its seed.
 *
 * @param keysMax idempotency keys that a shard remembers; the same in the whole run, as in production
 * @param faultChance of a fault in a step
 * @param appendFaultChance of a fault in an append
 * @param clientChance of a client acting in a step; otherwise a shard is polled
 * @param bitFlips whether a bit of a log flips in the middle of the run: that shard has to stop, the others go on
 * @param outboxMax messages that may wait for one shard; the same in the whole run, as what follows from it stands in the log
 * @param sagasMax sagas that a shard may run at once; see there
 * @param durability of each shard
 */
record SimulationConfig(
        int steps,
        int shards,
        int ledgers,
        int assets,
        int tenants,
        int mailboxCapacity,
        int keysMax,
        long keyAgeMicrosMax,
        int syncMicrosMax,
        double faultChance,
        double appendFaultChance,
        double clientChance,
        boolean bitFlips,
        int outboxMax,
        int sagasMax,
        List<Durability> durability) {
    private static final int SHARDS_MAX = 4;
    private static final double BIT_FLIP_RUNS = 0.06;
    private static final double ONE_SHARD_RUNS = 0.1;
    private static final double CALM_RUNS = 0.1;
    private static final double NARROW_RUNS = 0.1;
    private static final int WIDE = 100_000;

    static SimulationConfig draw(Dice dice) {
        boolean calm = dice.chance(CALM_RUNS);
        return new SimulationConfig(
                dice.scaled(200, 1500),
                dice.chance(ONE_SHARD_RUNS) ? 1 : dice.between(2, SHARDS_MAX),
                dice.between(1, 6),
                dice.scaled(1, 3),
                dice.scaled(1, 3),
                dice.scaled(2, 64),
                dice.scaled(3, 300),
                dice.scaled(2_000, 2_000_000),
                dice.scaled(10, 5_000),
                calm ? 0.002 : dice.scaled(5, 60) / 1000.0,
                calm ? 0 : dice.scaled(1, 60) / 1000.0,
                dice.between(25, 60) / 100.0,
                dice.chance(BIT_FLIP_RUNS),
                dice.chance(NARROW_RUNS) ? dice.between(4, 20) : WIDE,
                dice.chance(NARROW_RUNS) ? dice.between(1, 5) : WIDE,
                IntStream.range(0, SHARDS_MAX)
                        .mapToObj(shard -> durability(dice))
                        .toList());
    }

    private static Durability durability(Dice dice) {
        int roll = dice.below(10);
        if (roll < 6) {
            return new GroupCommit();
        }
        return roll < 7 ? new Sync() : new Async(dice.scaled(1, 60), dice.scaled(100, 20_000));
    }

    /** The limits that decide what a state holds. */
    ShardConfig rememberingConfig() {
        return new ShardConfig(
                        new ShardConfig.BatchLimits(1, 1, 1, ShardConfig.BatchLimits.DEFAULT.pipelineCountMin()),
                        new ShardConfig.KeyLimits(keysMax, keyAgeMicrosMax))
                .with(new ShardConfig.MessageLimits(outboxMax, 1_000, sagasMax))
                .of(shards);
    }

    /** Limits of a shard. Those of batches may differ at every start; what is remembered may not. */
    ShardConfig shardConfig(Dice dice) {
        return new ShardConfig(
                        new ShardConfig.BatchLimits(
                                dice.scaled(1, 40), dice.scaled(64, 4096), dice.between(1, 5), dice.scaled(1, 20)),
                        new ShardConfig.KeyLimits(keysMax, keyAgeMicrosMax))
                .with(new ShardConfig.MessageLimits(outboxMax, dice.scaled(1_000, 50_000), sagasMax))
                .of(shards);
    }
}
