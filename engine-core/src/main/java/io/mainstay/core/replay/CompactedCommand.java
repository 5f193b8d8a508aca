package io.mainstay.core.replay;

import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.LoggedOutcome.Accepted;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What compaction leaves of a command: its events, because it is the latest of at least one of its aggregates.
 *
 * @param timestampMicros of the command, since the epoch
 * @param aggregates that the command was about, the leading one first
 */
public record CompactedCommand(long offset, long timestampMicros, List<UUID> aggregates, Accepted outcome) {
    public CompactedCommand {
        aggregates = List.copyOf(aggregates);
    }

    /** Writes the command behind what is there. */
    public void write(WireWriter out) {
        out.writeLong(offset);
        out.writeLong(timestampMicros);
        out.writeVarInt(aggregates.size());
        aggregates.forEach(out::writeUuid);
        outcome.write(out);
    }

    /** Reads what {@link #write} wrote; {@code format} is that of frames when it was written. */
    public static CompactedCommand read(WireReader in, int format) {
        long offset = in.readLong();
        long timestampMicros = in.readLong();
        List<UUID> aggregates = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            aggregates.add(in.readUuid());
        }
        if (LoggedOutcome.read(in, format) instanceof Accepted accepted) {
            return new CompactedCommand(offset, timestampMicros, aggregates, accepted);
        }
        throw new WireException("compacted command at offset " + offset + " was not accepted");
    }
}
