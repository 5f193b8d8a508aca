package io.mainstay.verification.simulation;

import io.mainstay.core.shard.Submission;
import java.util.ArrayList;
import java.util.List;

/** The way between the shards of one node, on which messages are refused, lost, doubled, late and overtaken. */
final class SimulatedPost {
    private static final int LATE_MICROS_MAX = 10_000;

    private final SimulatedNode node;
    private final World world;
    private final List<Letter> onTheWay = new ArrayList<>();

    SimulatedPost(SimulatedNode node, World world) {
        this.node = node;
        this.world = world;
    }

    /** Takes a submission to a shard; false if it is refused at once. */
    boolean offer(int shard, Submission submission) {
        if (world.isHealed()) {
            return deliver(shard, submission);
        }
        int roll = world.dice().below(100);
        if (roll < 5) {
            return false;
        }
        if (roll < 15) {
            world.trace().note(Fault.MESSAGE_LOST, shard, roll);
            return true;
        }
        send(shard, submission);
        if (roll < 25) {
            world.trace().note(Fault.MESSAGE_TWICE, shard, roll);
            send(shard, submission);
        }
        return true;
    }

    /** Lets time do its work: what is due arrives, in an order of its own. */
    void advance() {
        List<Letter> due = onTheWay.stream()
                .filter(letter -> letter.dueMicros() <= world.clock().elapsedMicros())
                .toList();
        onTheWay.removeAll(due);
        due.forEach(letter -> deliver(letter.shard(), letter.submission()));
    }

    boolean isEmpty() {
        return onTheWay.isEmpty();
    }

    private void send(int shard, Submission submission) {
        long dueMicros = world.clock().elapsedMicros() + world.dice().scaled(1, LATE_MICROS_MAX);
        boolean overtakes =
                onTheWay.stream().anyMatch(letter -> letter.shard() == shard && letter.dueMicros() > dueMicros);
        if (overtakes) {
            world.trace().note(Fault.MESSAGE_OVERTAKEN, shard, dueMicros);
        }
        onTheWay.add(new Letter(shard, submission, dueMicros));
    }

    private boolean deliver(int shard, Submission submission) {
        return node.shards().get(shard).offer(submission) == null;
    }

    private record Letter(int shard, Submission submission, long dueMicros) {}
}
