package io.mainstay.verification.simulation;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Over all shards, what left some accounts and has not come to others yet is never less than nothing: money is taken first
 * and given later. When all is quiet, nothing is on its way.
 */
final class MoneyIsNeverSeenTwice implements Invariant {
    private static final int BITS_MAX = 50;

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

    /** As the shards tell it: of assets of which that cannot have left 64 bits on the way. */
    private static Map<String, BigInteger> inFlight(SimulatedNode node) {
        Map<String, BigInteger> total = new TreeMap<>();
        Set<String> huge = new HashSet<>();
        for (SimulatedShard shard : node.shards()) {
            shard.reference().books().ledger().inFlight().forEach((asset, sum) -> {
                int slash = asset.indexOf('/');
                long shown = shard.state().inFlightMinor(asset.substring(0, slash), asset.substring(slash + 1));
                total.merge(asset, BigInteger.valueOf(shown), BigInteger::add);
                if (sum.abs().bitLength() > BITS_MAX) {
                    huge.add(asset);
                }
            });
        }
        total.keySet().removeAll(huge);
        return total;
    }

    private static boolean allServe(SimulatedNode node) {
        return node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING);
    }
}
