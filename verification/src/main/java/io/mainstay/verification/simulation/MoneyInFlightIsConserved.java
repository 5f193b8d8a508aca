package io.mainstay.verification.simulation;

import io.mainstay.verification.simulation.PurseState.Payment;

/** While every shard serves, all purses and the messages between them add up to nothing. */
final class MoneyInFlightIsConserved implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        if (!node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING)) {
            return;
        }
        long purses = node.shards().stream()
                .mapToLong(shard -> shard.purse().balanceMinor())
                .sum();
        long inFlight = SimulatedShard.pairs(node)
                .mapToLong(pair -> pair.paid().stream()
                        .skip(pair.taken().size())
                        .mapToLong(Payment::amountMinor)
                        .sum())
                .sum();
        if (purses + inFlight != 0) {
            throw broken("the purses hold %d, and %d are on the way", purses, inFlight);
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        looked(node);
    }
}
