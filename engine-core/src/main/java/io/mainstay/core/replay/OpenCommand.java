package io.mainstay.core.replay;

import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.UUID;

/**
 * A command of a compacted range whose outcome is told by a frame behind the range.
 *
 * @param timestampMicros of the command, since the epoch
 */
public record OpenCommand(long offset, long timestampMicros, LoggedCommand logged) {
    /** Writes the command behind what is there. */
    public void write(WireWriter out) {
        out.writeLong(offset);
        out.writeLong(timestampMicros);
        out.writeUuid(logged.key());
        out.writeByte(logged.domainId());
        out.writeBytes(logged.bytes());
    }

    /** Reads what {@link #write} wrote. */
    public static OpenCommand read(WireReader in) {
        long offset = in.readLong();
        long timestampMicros = in.readLong();
        UUID key = in.readUuid();
        return new OpenCommand(offset, timestampMicros, new LoggedCommand(key, in.readUnsignedByte(), in.readBytes()));
    }
}
