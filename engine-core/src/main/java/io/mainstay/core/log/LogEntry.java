package io.mainstay.core.log;

import io.mainstay.core.route.Homes;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What takes one offset of a shard's log: a caller's command, another shard's message or acknowledgement, or the time. */
public sealed interface LogEntry permits LoggedCommand, ReceivedMessage, Acknowledgement, TimePassed {
    /** Added to the kind of a command some of whose aggregates live elsewhere. */
    int SPANNING = 16;

    /** Writes the entry; the first byte tells its kind. */
    default void write(WireWriter out) {
        switch (this) {
            case LoggedCommand(var key, var domainId, var expectedVersion, var bytes, var homes) -> {
                boolean anyVersion = expectedVersion == LoggedCommand.ANY_VERSION;
                boolean here = homes.elsewhere().isEmpty();
                out.writeByte((anyVersion ? 1 : 2) + (here ? 0 : SPANNING));
                out.writeUuid(key);
                out.writeByte(domainId);
                if (!anyVersion) {
                    out.writeVarLong(expectedVersion);
                }
                if (!here) {
                    writeHomes(homes, out);
                }
                out.writeBytes(bytes);
            }
            case ReceivedMessage(var sender, var number, var domainId, var bytes) -> {
                out.writeByte(3);
                out.writeVarInt(sender);
                out.writeVarLong(number);
                out.writeByte(domainId);
                out.writeBytes(bytes);
            }
            case Acknowledgement(var receiver, var upTo) -> {
                out.writeByte(4);
                out.writeVarInt(receiver);
                out.writeVarLong(upTo);
            }
            case TimePassed(var domainId) -> {
                out.writeByte(5);
                out.writeByte(domainId);
            }
        }
    }

    /** Reads an entry of a frame or a snapshot of that format. */
    static LogEntry read(WireReader in, int format) {
        if (format == 1) {
            UUID key = in.readUuid();
            return new LoggedCommand(key, in.readUnsignedByte(), in.readBytes());
        }
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1, 2, 1 + SPANNING, 2 + SPANNING -> readCommand(in, kind);
            case 3 -> new ReceivedMessage(in.readVarInt(), in.readVarLong(), in.readUnsignedByte(), in.readBytes());
            case 4 -> new Acknowledgement(in.readVarInt(), in.readVarLong());
            case 5 -> new TimePassed(in.readUnsignedByte());
            default -> throw new WireException("log entry of unknown kind " + kind);
        };
    }

    private static LoggedCommand readCommand(WireReader in, int kind) {
        UUID key = in.readUuid();
        int domainId = in.readUnsignedByte();
        boolean anyVersion = kind == 1 || kind == 1 + SPANNING;
        long expectedVersion = anyVersion ? LoggedCommand.ANY_VERSION : in.readVarLong();
        Homes homes = kind > SPANNING ? readHomes(in) : Homes.HERE;
        return new LoggedCommand(key, domainId, expectedVersion, in.readBytes(), homes);
    }

    private static void writeHomes(Homes homes, WireWriter out) {
        out.writeVarInt(homes.elsewhere().size());
        for (Homes.Home home : homes.elsewhere()) {
            out.writeUuid(home.aggregate());
            out.writeVarInt(home.shard());
        }
    }

    private static Homes readHomes(WireReader in) {
        List<Homes.Home> elsewhere = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            elsewhere.add(new Homes.Home(in.readUuid(), in.readVarInt()));
        }
        return new Homes(elsewhere);
    }
}
