package io.mainstay.verification.simulation;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * Over all shards, what left some accounts and has not come to others yet is never less than nothing: money is taken first
 * and given later. When all is quiet, nothing is on its way.
 */
final class MoneyIsNeverSeenTwice implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        if (allServe(node)) {
            inFlight(node).forEach((asset, sum) -> {
                if (sum.signum() < 0) {
                    throw broken("of %s, %s is seen twice", asset, sum.negate());
                }
            });
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        if (allServe(node)) {
            inFlight(node).forEach((asset, sum) -> {
                if (sum.signum() != 0) {
                    throw broken("all is quiet, and of %s, %s is on its way", asset, sum);
                }
            });
        }
    }

    private Map<String, BigInteger> inFlight(SimulatedNode node) {
        Map<String, BigInteger> total = new TreeMap<>();
        for (SimulatedShard shard : node.shards()) {
            shard.reference().books().ledger().inFlight().forEach((asset, sum) -> {
                total.merge(asset, sum, BigInteger::add);
                int slash = asset.indexOf('/');
                long shown = shard.state().inFlightMinor(asset.substring(0, slash), asset.substring(slash + 1));
                boolean upToDate = shard.executedBefore() == shard.reference().executedBefore();
                if (upToDate && shown != sum.longValue()) {
                    throw broken("shard %d says that %d of %s left it, it was %s", shard.number(), shown, asset, sum);
                }
            });
        }
        return total;
    }

    private static boolean allServe(SimulatedNode node) {
        return node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING);
    }
}
