package io.mainstay.core.shard;

import io.mainstay.core.Invariants;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages that a shard has sent and that are not acknowledged, and how far it has executed those of others.
 *
 * <p>Part of the shard's state: it changes only with executed entries, so a replay ends with the same mail.
 */
final class Mail {
    private static final int CHUNK_BYTES = 512 * 1024;
    private static final int OUTBOX = 1;
    private static final int RECEIVED = 2;

    /** Stands for the offset of what comes from a snapshot. */
    private static final long DURABLE = -1;

    private final Map<Integer, Outbox> outboxes = new TreeMap<>();
    private final Map<Integer, Long> received = new TreeMap<>();

    /** Adds a message of the entry at an offset, behind all that were sent to its receiver. */
    void send(SentMessage message, long offset) {
        outbox(message.receiver()).add(new Posted(message, offset));
    }

    /** Number of messages to a shard that it has not acknowledged. */
    int waiting(int receiver) {
        Outbox outbox = outboxes.get(receiver);
        return outbox == null ? 0 : outbox.size();
    }

    Collection<Outbox> outboxes() {
        return outboxes.values();
    }

    /** The receiver has executed messages up to a number. */
    void acknowledge(int receiver, long upTo) {
        outbox(receiver).acknowledge(upTo);
    }

    /** Number of the last message sent to a shard that it has acknowledged; 0 for none. */
    long acknowledged(int receiver) {
        Outbox outbox = outboxes.get(receiver);
        return outbox == null ? 0 : outbox.first() - 1;
    }

    /** Number of the last message of a sender that was executed; 0 for none. */
    long received(int sender) {
        return received.getOrDefault(sender, 0L);
    }

    /** Number of the last message executed, by its sender. */
    Map<Integer, Long> received() {
        return received;
    }

    /** Records that the sender's next message was executed. */
    void receive(int sender, long number) {
        Invariants.check(number == received(sender) + 1, "message %d after %d", number, received(sender));
        received.put(sender, number);
    }

    void encode(WireWriter out, Runnable chunkEnd) {
        received.forEach((sender, number) -> {
            out.writeByte(RECEIVED);
            out.writeVarInt(sender);
            out.writeVarLong(number);
        });
        for (Outbox outbox : outboxes.values()) {
            encode(outbox, out, chunkEnd);
        }
        chunkEnd.run();
    }

    private static void encode(Outbox outbox, WireWriter out, Runnable chunkEnd) {
        out.writeByte(OUTBOX);
        out.writeVarInt(outbox.receiver());
        out.writeVarLong(outbox.first());
        int left = outbox.size();
        for (long number = outbox.first(); number < outbox.next(); number++) {
            if (out.size() >= CHUNK_BYTES) {
                out.writeVarInt(0);
                chunkEnd.run();
                out.writeByte(OUTBOX);
                out.writeVarInt(outbox.receiver());
                out.writeVarLong(number);
            }
            SentMessage message = outbox.get(number).message();
            out.writeVarInt(1);
            out.writeByte(message.domainId());
            out.writeBytes(message.bytes());
            left--;
        }
        Invariants.check(left == 0, "%d messages of %d left out of a snapshot", left, outbox.size());
        out.writeVarInt(0);
    }

    void decode(WireReader chunk, SnapshotVersions versions) {
        while (chunk.remaining() > 0) {
            int kind = chunk.readUnsignedByte();
            int shard = chunk.readVarInt();
            long number = chunk.readVarLong();
            if (kind == RECEIVED) {
                received.put(shard, number);
            } else {
                decodeOutbox(shard, number, chunk, versions);
            }
        }
    }

    private void decodeOutbox(int receiver, long first, WireReader chunk, SnapshotVersions versions) {
        Outbox outbox = outboxes.get(receiver);
        if (outbox == null) {
            outbox = new Outbox(receiver, first);
            outboxes.put(receiver, outbox);
        }
        Invariants.check(outbox.next() == first, "outbox goes on at %d after %d", first, outbox.next());
        while (chunk.readVarInt() != 0) {
            SentMessage message = new SentMessage(receiver, chunk.readUnsignedByte(), chunk.readBytes());
            outbox.add(new Posted(versions.upcast(message), DURABLE));
        }
    }

    private Outbox outbox(int receiver) {
        return outboxes.computeIfAbsent(receiver, shard -> new Outbox(shard, 1));
    }

    /**
     * A message, and the offset of the entry whose execution sent it.
     *
     * @param offset until it is durable the message stays here
     */
    record Posted(SentMessage message, long offset) {}

    /** Messages to one shard, by their numbers. */
    static final class Outbox {
        private static final int COMPACT = 1024;

        private final int receiver;
        private final List<Posted> messages = new ArrayList<>();
        /** Index of the first message that counts. */
        private int head;

        private long first;

        Outbox(int receiver, long first) {
            this.receiver = receiver;
            this.first = first;
        }

        int receiver() {
            return receiver;
        }

        /** Number of the first message that is not acknowledged; {@link #next} if there is none. */
        long first() {
            return first;
        }

        /** Number that the next message will have. */
        long next() {
            return first + size();
        }

        int size() {
            return messages.size() - head;
        }

        Posted get(long number) {
            return messages.get(head + (int) (number - first));
        }

        private void add(Posted message) {
            messages.add(message);
        }

        private void acknowledge(long upTo) {
            Invariants.check(upTo < next(), "message %d acknowledged before %d was sent", upTo, next());
            if (upTo < first) {
                return;
            }
            head += (int) (upTo + 1 - first);
            first = upTo + 1;
            if (head >= COMPACT && head > messages.size() / 2) {
                messages.subList(0, head).clear();
                head = 0;
            }
        }
    }
}
