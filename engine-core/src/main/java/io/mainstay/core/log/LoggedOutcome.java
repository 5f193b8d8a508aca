package io.mainstay.core.log;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** What became of a command, as it stands in the log behind the command itself. */
public sealed interface LoggedOutcome {
    /**
     * Its events, each in its domain's codec.
     *
     * @param version of the leading aggregate, after the events
     */
    record Accepted(long version, int domainId, List<byte[]> events) implements LoggedOutcome {}

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

    /** Writes the outcome; the first byte tells its kind. */
    default void write(WireWriter out) {
        switch (this) {
            case Accepted(var version, var domainId, var events) -> {
                out.writeByte(1);
                out.writeLong(version);
                out.writeByte(domainId);
                out.writeVarInt(events.size());
                events.forEach(out::writeBytes);
            }
            case Rejected(var version, var rejection) -> {
                out.writeByte(2);
                out.writeLong(version);
                out.writeByte(rejection.kind().number());
                out.writeText(rejection.code());
                out.writeText(rejection.message());
                out.writeText(rejection.pointer());
            }
            case Repeated(var original) -> {
                out.writeByte(3);
                out.writeLong(original);
            }
            case KeyReused(var original) -> {
                out.writeByte(4);
                out.writeLong(original);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    static LoggedOutcome read(WireReader in) {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> readAccepted(in);
            case 2 -> new Rejected(in.readLong(), readRejection(in));
            case 3 -> new Repeated(in.readLong());
            case 4 -> new KeyReused(in.readLong());
            default -> throw new WireException("outcome of unknown kind " + kind);
        };
    }

    private static Accepted readAccepted(WireReader in) {
        long version = in.readLong();
        int domainId = in.readUnsignedByte();
        int count = in.readVarInt();
        List<byte[]> events = new ArrayList<>(Math.min(count, 64));
        for (int index = 0; index < count; index++) {
            events.add(in.readBytes());
        }
        return new Accepted(version, domainId, events);
    }

    private static Rejection readRejection(WireReader in) {
        Rejection.Kind kind = Rejection.Kind.of(in.readUnsignedByte());
        String code = in.readText();
        String message = in.readText();
        return new Rejection(kind, code, message, in.readText());
    }
}
