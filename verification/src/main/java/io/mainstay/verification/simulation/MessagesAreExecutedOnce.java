package io.mainstay.verification.simulation;

import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.List;

/** What a shard has taken from another is what that one has sent, each once, in order, up to some message. */
final class MessagesAreExecutedOnce implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        SimulatedShard.pairs(node).forEach(pair -> {
            List<Payment> paid = pair.paid();
            List<Payment> taken = pair.taken();
            if (taken.size() > paid.size() || !taken.equals(paid.subList(0, taken.size()))) {
                throw broken(
                        "shard %d took %s from shard %d, which sent %s",
                        pair.receiver().number(), taken, pair.sender().number(), paid);
            }
        });
    }

    @Override
    public void ended(SimulatedNode node) {
        looked(node);
        SimulatedShard.pairs(node).forEach(pair -> {
            if (pair.paid().size() != pair.taken().size()) {
                throw broken(
                        "all is quiet, and shard %d took %d of %d messages of shard %d",
                        pair.receiver().number(),
                        pair.taken().size(),
                        pair.paid().size(),
                        pair.sender().number());
            }
        });
    }
}
