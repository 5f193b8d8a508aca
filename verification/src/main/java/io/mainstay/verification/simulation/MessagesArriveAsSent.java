package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Message;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;

/** The logs alone tell that a shard has executed what another one has sent it: the same, each once, in order. */
final class MessagesArriveAsSent implements Invariant {
    @Override
    public void ended(SimulatedNode node) {
        SimulatedShard.pairs(node).forEach(pair -> {
            List<Message> sent = sent(pair.sender(), pair.receiver().number());
            List<Message> received = received(pair.receiver(), pair.sender().number());
            for (int index = 0; index < received.size(); index++) {
                if (index >= sent.size() || !received.get(index).equals(sent.get(index))) {
                    throw broken(
                            "shard %d executed as message %d of shard %d %s, sent was %s",
                            pair.receiver().number(),
                            index + 1,
                            pair.sender().number(),
                            received.get(index),
                            index < sent.size() ? sent.get(index) : "nothing");
                }
            }
        });
    }

    private static List<Message> sent(SimulatedShard sender, int receiver) {
        List<Message> sent = new ArrayList<>();
        for (LoggedOutcome outcome : sender.storage().log().history().outcomes()) {
            if (outcome instanceof LoggedOutcome.Accepted accepted) {
                Plain.messages(accepted.messages()).stream()
                        .filter(message -> message.receiver() == receiver)
                        .forEach(sent::add);
            }
        }
        return sent;
    }

    private static List<Message> received(SimulatedShard receiver, int sender) {
        List<Message> received = new ArrayList<>();
        History history = receiver.storage().log().history();
        for (long offset = 0; offset < history.offset(); offset++) {
            if (history.entry(offset).logged() instanceof ReceivedMessage message && message.sender() == sender) {
                received.add(Plain.message(receiver.number(), message));
            }
        }
        return received;
    }
}
