package io.mainstay.verification.simulation;

import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.List;

/** What a shard has learnt from another stands in that one's log: no crash takes it back. */
final class NobodyKnowsWhatIsLost implements Invariant {
    @Override
    public void looked(SimulatedNode node) {
        for (SimulatedShard sender : node.shards()) {
            node.shards().stream()
                    .filter(receiver -> receiver != sender && receiver.phase() == SimulatedShard.Phase.SERVING)
                    .forEach(receiver -> check(sender, receiver));
        }
    }

    private void check(SimulatedShard sender, SimulatedShard receiver) {
        Reference durable = sender.storage().reference();
        List<Payment> paid = durable.paidTo(receiver.number());
        List<Payment> taken = receiver.purse().takenFrom(sender.number());
        if (taken.size() > paid.size() || !taken.equals(paid.subList(0, taken.size()))) {
            throw broken(
                    "shard %d took %s from shard %d, whose log has %s",
                    receiver.number(), taken, sender.number(), paid);
        }
    }
}
