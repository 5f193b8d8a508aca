package io.mainstay.core.log;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** What became of an entry, as it stands in the log behind the entry itself. */
public sealed interface LoggedOutcome {
    /**
     * Done.
     *
     * @param version of the leading aggregate, after the events
     * @param messages to other shards, in the order they were sent
     * @param skipped the attempts of a group that were undone
     */
    record Accepted(long version, List<LoggedEvent> events, List<SentMessage> messages, List<Skipped> skipped)
            implements LoggedOutcome {
        public Accepted {
            events = List.copyOf(events);
            messages = List.copyOf(messages);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Refused by its domain.
     *
     * @param version of the leading aggregate, unchanged
     */
    record Rejected(long version, Rejection rejection) implements LoggedOutcome {}

    /** Not executed: the command at {@code original} had the same key and asked for the same. */
    record Repeated(long original) implements LoggedOutcome {}

    /** Not executed: the command at {@code original} had the same key and asked for something else. */
    record KeyReused(long original) implements LoggedOutcome {}

    /** The outcome of an acknowledgement. */
    record Recorded() implements LoggedOutcome {}

    /** Writes the outcome; the first byte tells its kind. */
    default void write(WireWriter out) {
        switch (this) {
            case Accepted accepted -> OutcomeWriter.accepted(out, accepted);
            case Rejected(var version, var rejection) -> OutcomeWriter.rejected(out, version, rejection);
            case Repeated(var original) -> OutcomeWriter.repeated(out, original);
            case KeyReused(var original) -> OutcomeWriter.keyReused(out, original);
            case Recorded() -> OutcomeWriter.recorded(out);
        }
    }

    /** Reads what was written in a frame or a snapshot of that format. */
    static LoggedOutcome read(WireReader in, int format) {
        int kind = in.readUnsignedByte();
        if (format == 1) {
            return readFirstFormat(in, kind);
        }
        return switch (kind) {
            case OutcomeWriter.ACCEPTED -> {
                List<LoggedEvent> events = readEvents(in);
                yield new Accepted(in.readVarLong(), events, List.of(), List.of());
            }
            case OutcomeWriter.ACCEPTED_WITH_MORE -> {
                List<LoggedEvent> events = readEvents(in);
                List<SentMessage> messages = readMessages(in);
                List<Skipped> skipped = readSkipped(in);
                yield new Accepted(in.readVarLong(), events, messages, skipped);
            }
            case OutcomeWriter.REJECTED -> new Rejected(in.readVarLong(), Rejection.read(in));
            case OutcomeWriter.REPEATED -> new Repeated(in.readVarLong());
            case OutcomeWriter.KEY_REUSED -> new KeyReused(in.readVarLong());
            case OutcomeWriter.RECORDED -> new Recorded();
            default -> throw new WireException("outcome of unknown kind " + kind);
        };
    }

    private static LoggedOutcome readFirstFormat(WireReader in, int kind) {
        return switch (kind) {
            case 1 -> {
                long version = in.readLong();
                int domainId = in.readUnsignedByte();
                List<LoggedEvent> events = new ArrayList<>();
                for (int left = in.readVarInt(); left > 0; left--) {
                    events.add(new LoggedEvent(domainId, in.readBytes()));
                }
                yield new Accepted(version, events, List.of(), List.of());
            }
            case 2 -> new Rejected(in.readLong(), Rejection.read(in));
            case 3 -> new Repeated(in.readLong());
            case 4 -> new KeyReused(in.readLong());
            default -> throw new WireException("outcome of unknown kind " + kind);
        };
    }

    private static List<LoggedEvent> readEvents(WireReader in) {
        List<LoggedEvent> events = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            events.add(new LoggedEvent(in.readUnsignedByte(), in.readBytes()));
        }
        return events;
    }

    private static List<SentMessage> readMessages(WireReader in) {
        List<SentMessage> messages = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            messages.add(new SentMessage(in.readVarInt(), in.readUnsignedByte(), in.readBytes()));
        }
        return messages;
    }

    private static List<Skipped> readSkipped(WireReader in) {
        List<Skipped> skipped = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            skipped.add(new Skipped(in.readText(), Rejection.read(in)));
        }
        return skipped;
    }
}
