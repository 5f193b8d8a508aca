package io.mainstay.core.log;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;

/** What a frame holds behind its header: outcomes of batches before it, and its own entries. */
public record LogPayload(List<ExecutedBatch> executed, List<LogEntry> entries) {
    public LogPayload {
        executed = List.copyOf(executed);
        entries = List.copyOf(entries);
    }

    /** Reads the binary form to its end. */
    static LogPayload read(FrameHeader header, WireReader in) {
        LogPayload payload = new LogPayload(readExecuted(in, header.format()), readEntries(in, header));
        if (in.remaining() != 0) {
            throw new WireException("log frame " + header.sequence() + " has " + in.remaining() + " bytes too many");
        }
        return payload;
    }

    private static List<ExecutedBatch> readExecuted(WireReader in, int format) {
        List<ExecutedBatch> executed = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            long firstOffset = in.readLong();
            int count = in.readVarInt();
            long timestampMicros = in.readLong();
            List<LoggedOutcome> outcomes = new ArrayList<>(Math.min(count, in.remaining()));
            for (int index = 0; index < count; index++) {
                outcomes.add(LoggedOutcome.read(in, format));
            }
            executed.add(new ExecutedBatch(firstOffset, timestampMicros, outcomes));
        }
        return executed;
    }

    private static List<LogEntry> readEntries(WireReader in, FrameHeader header) {
        List<LogEntry> entries = new ArrayList<>(Math.max(0, Math.min(header.count(), in.remaining())));
        for (int index = 0; index < header.count(); index++) {
            entries.add(LogEntry.read(in, header.format()));
        }
        return entries;
    }
}
