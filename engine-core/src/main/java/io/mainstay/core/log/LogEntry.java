package io.mainstay.core.log;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.UUID;

/** What takes one offset of a shard's log: a caller's command, another shard's message, or its acknowledgement. */
public sealed interface LogEntry permits LoggedCommand, ReceivedMessage, Acknowledgement {
    /** Writes the entry; the first byte tells its kind. */
    default void write(WireWriter out) {
        switch (this) {
            case LoggedCommand(var key, var domainId, var expectedVersion, var bytes) -> {
                boolean anyVersion = expectedVersion == LoggedCommand.ANY_VERSION;
                out.writeByte(anyVersion ? 1 : 2);
                out.writeUuid(key);
                out.writeByte(domainId);
                if (!anyVersion) {
                    out.writeVarLong(expectedVersion);
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
            case 1 -> new LoggedCommand(in.readUuid(), in.readUnsignedByte(), in.readBytes());
            case 2 -> new LoggedCommand(in.readUuid(), in.readUnsignedByte(), in.readVarLong(), in.readBytes());
            case 3 -> new ReceivedMessage(in.readVarInt(), in.readVarLong(), in.readUnsignedByte(), in.readBytes());
            case 4 -> new Acknowledgement(in.readVarInt(), in.readVarLong());
            default -> throw new WireException("log entry of unknown kind " + kind);
        };
    }
}
