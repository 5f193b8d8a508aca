package io.mainstay.core.shard;

import io.mainstay.core.EngineClock;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.shard.Submission.AcknowledgementSubmission;
import io.mainstay.core.shard.Submission.MessageSubmission;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes in the messages and acknowledgements of other shards, each once and in order, and carries the shard's own to them.
 *
 * <p>Messages go in order; those that were not acknowledged in time go again, from the first one on. Nothing here is part
 * of the shard's state: after a restart all that is not acknowledged is sent again.
 */
final class Mailroom {
    private final int shard;
    private final long resendMicros;
    private final Mail mail;
    private final Peers peers;
    private final EngineClock clock;
    private final Map<Integer, Way> ways = new TreeMap<>();
    /** Of each sender, the last message in the log, executed or not. */
    private final Map<Integer, Long> sequenced = new TreeMap<>();
    /** Of each receiver, the last acknowledgement in the log. */
    private final Map<Integer, Long> acknowledged = new TreeMap<>();
    /** Messages executed at offsets that may not be durable yet. */
    private final ArrayDeque<Due> undurable = new ArrayDeque<>();
    /** Of each sender that has to be told, the last message executed. */
    private final Map<Integer, Long> executed = new TreeMap<>();

    private record Due(int sender, long number, long offset) {}

    /** How far messages to one shard are on their way. */
    private static final class Way {
        private long nextToSend;
        private long firstWaiting;
        private long sinceMicros;
    }

    Mailroom(int shard, ShardConfig config, Mail mail, Peers peers, EngineClock clock) {
        this.shard = shard;
        this.resendMicros = config.messages().resendMicros();
        this.mail = mail;
        this.peers = peers;
        this.clock = clock;
    }

    /**
     * True if the message is its sender's next one and so goes into the log. One that was there before is acknowledged
     * again; one that comes too early comes again.
     */
    boolean takes(ReceivedMessage message) {
        long last = Math.max(sequenced.getOrDefault(message.sender(), 0L), mail.received(message.sender()));
        if (message.number() == last + 1) {
            sequenced.put(message.sender(), message.number());
            return true;
        }
        if (message.number() <= mail.received(message.sender()) && undurable.isEmpty()) {
            executed.put(message.sender(), mail.received(message.sender()));
        }
        return false;
    }

    /** True if the acknowledgement tells something new and so goes into the log. */
    boolean takes(Acknowledgement acknowledgement) {
        int receiver = acknowledgement.receiver();
        long last = Math.max(acknowledged.getOrDefault(receiver, 0L), mail.acknowledged(receiver));
        if (acknowledgement.upTo() <= last) {
            return false;
        }
        acknowledged.put(receiver, acknowledgement.upTo());
        return true;
    }

    /** Has the message's sender told that it was executed, as soon as the entry at the offset is durable. */
    void executed(ReceivedMessage message, long offset) {
        undurable.add(new Due(message.sender(), message.number(), offset));
    }

    /**
     * Hands over what the others take now; false if there was nothing to be taken.
     *
     * @param durableBefore entries below this offset survive a crash: what the others learn was done by one of them
     */
    boolean deliver(long durableBefore) {
        for (Due due = undurable.peek(); due != null && due.offset() < durableBefore; due = undurable.peek()) {
            executed.put(due.sender(), due.number());
            undurable.remove();
        }
        boolean worked = !executed.isEmpty() && executed.entrySet().removeIf(this::acknowledge);
        for (Mail.Outbox outbox : mail.outboxes()) {
            if (outbox.size() > 0) {
                worked |= send(outbox, durableBefore);
            }
        }
        return worked;
    }

    private boolean acknowledge(Map.Entry<Integer, Long> due) {
        return peers.offer(due.getKey(), new AcknowledgementSubmission(new Acknowledgement(shard, due.getValue())));
    }

    private boolean send(Mail.Outbox outbox, long durableBefore) {
        Way way = ways.computeIfAbsent(outbox.receiver(), receiver -> new Way());
        if (way.firstWaiting != outbox.first()) {
            way.firstWaiting = outbox.first();
            way.nextToSend = Math.max(way.nextToSend, outbox.first());
            way.sinceMicros = clock.nowMicros();
        } else if (way.nextToSend > outbox.first() && clock.nowMicros() - way.sinceMicros > resendMicros) {
            way.nextToSend = outbox.first();
            way.sinceMicros = clock.nowMicros();
        }
        boolean sent = false;
        while (way.nextToSend < outbox.next()) {
            Mail.Posted posted = outbox.get(way.nextToSend);
            if (posted.offset() >= durableBefore) {
                break;
            }
            SentMessage message = posted.message();
            ReceivedMessage received = new ReceivedMessage(shard, way.nextToSend, message.domainId(), message.bytes());
            if (!peers.offer(outbox.receiver(), new MessageSubmission(received))) {
                break;
            }
            way.nextToSend++;
            sent = true;
        }
        return sent;
    }
}
