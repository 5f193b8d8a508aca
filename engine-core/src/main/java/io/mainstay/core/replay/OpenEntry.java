package io.mainstay.core.replay;

import io.mainstay.core.log.LogEntry;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/**
 * An entry of a compacted range whose outcome is told by a frame behind the range.
 *
 * @param timestampMicros of the entry, since the epoch
 */
public record OpenEntry(long offset, long timestampMicros, LogEntry entry) {
    /** Writes the entry behind what is there. */
    public void write(WireWriter out) {
        out.writeLong(offset);
        out.writeLong(timestampMicros);
        entry.write(out);
    }

    /** Reads what {@link #write} wrote; {@code format} is that of frames when it was written. */
    public static OpenEntry read(WireReader in, int format) {
        return new OpenEntry(in.readLong(), in.readLong(), LogEntry.read(in, format));
    }
}
