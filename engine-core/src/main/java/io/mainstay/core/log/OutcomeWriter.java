package io.mainstay.core.log;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.wire.WireWriter;
import java.util.List;

/**
 * Writes outcomes as they stand in the log, without objects for them.
 *
 * <p>An accepted command's events come first, each written by {@link #beginEvent} and {@link #endEvent}, and its version
 * last: a shard knows it only when it has applied them.
 */
public final class OutcomeWriter {
    static final int ACCEPTED = 1;
    static final int REJECTED = 2;
    static final int REPEATED = 3;
    static final int KEY_REUSED = 4;
    static final int ACCEPTED_WITH_MORE = 5;
    static final int RECORDED = 6;

    private OutcomeWriter() {}

    /** Begins an accepted command with so many events and neither messages nor skipped attempts. */
    public static void beginAccepted(WireWriter out, int events) {
        out.writeByte(ACCEPTED);
        out.writeVarInt(events);
    }

    /** Begins an accepted command with so many events, to be followed by {@link #more}. */
    public static void beginAcceptedWithMore(WireWriter out, int events) {
        out.writeByte(ACCEPTED_WITH_MORE);
        out.writeVarInt(events);
    }

    /** Begins an event, which is then written by its codec; returns what {@link #endEvent} needs. */
    public static int beginEvent(WireWriter out, int domainId) {
        out.writeByte(domainId);
        return out.beginBytes();
    }

    public static void endEvent(WireWriter out, int began) {
        out.endBytes(began);
    }

    /** Writes what follows the events of {@link #beginAcceptedWithMore}. */
    public static void more(WireWriter out, List<SentMessage> messages, List<Skipped> skipped) {
        out.writeVarInt(messages.size());
        for (SentMessage message : messages) {
            out.writeVarInt(message.receiver());
            out.writeByte(message.domainId());
            out.writeBytes(message.bytes());
        }
        out.writeVarInt(skipped.size());
        for (Skipped attempt : skipped) {
            out.writeText(attempt.pointer());
            attempt.rejection().write(out);
        }
    }

    /** Ends an accepted command. */
    public static void endAccepted(WireWriter out, long version) {
        out.writeVarLong(version);
    }

    public static void rejected(WireWriter out, long version, Rejection rejection) {
        out.writeByte(REJECTED);
        out.writeVarLong(version);
        rejection.write(out);
    }

    public static void repeated(WireWriter out, long original) {
        out.writeByte(REPEATED);
        out.writeVarLong(original);
    }

    public static void keyReused(WireWriter out, long original) {
        out.writeByte(KEY_REUSED);
        out.writeVarLong(original);
    }

    public static void recorded(WireWriter out) {
        out.writeByte(RECORDED);
    }

    static void accepted(WireWriter out, LoggedOutcome.Accepted accepted) {
        boolean plain = accepted.messages().isEmpty() && accepted.skipped().isEmpty();
        if (plain) {
            beginAccepted(out, accepted.events().size());
        } else {
            beginAcceptedWithMore(out, accepted.events().size());
        }
        for (LoggedEvent event : accepted.events()) {
            int began = beginEvent(out, event.domainId());
            out.writeRaw(event.bytes(), 0, event.bytes().length);
            endEvent(out, began);
        }
        if (!plain) {
            more(out, accepted.messages(), accepted.skipped());
        }
        endAccepted(out, accepted.version());
    }
}
