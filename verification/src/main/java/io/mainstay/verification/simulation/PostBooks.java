package io.mainstay.verification.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How many messages a shard has sent to each other one, how many that one says to have taken, and how many it took. */
final class PostBooks {
    private final Map<Integer, Long> sent = new TreeMap<>();
    private final Map<Integer, Long> acknowledged = new TreeMap<>();
    private final Map<Integer, Long> received = new TreeMap<>();

    PostBooks copy() {
        PostBooks copy = new PostBooks();
        copy.sent.putAll(sent);
        copy.acknowledged.putAll(acknowledged);
        copy.received.putAll(received);
        return copy;
    }

    void send(int receiver) {
        sent.merge(receiver, 1L, Long::sum);
    }

    void acknowledge(int receiver, long upTo) {
        acknowledged.merge(receiver, upTo, Math::max);
    }

    void receive(int sender) {
        received.merge(sender, 1L, Long::sum);
    }

    long sentTo(int receiver) {
        return sent.getOrDefault(receiver, 0L);
    }

    long receivedFrom(int sender) {
        return received.getOrDefault(sender, 0L);
    }

    /** Messages that were not said to be taken. */
    long waiting(int receiver) {
        return sentTo(receiver) - acknowledged.getOrDefault(receiver, 0L);
    }
}
