package io.mainstay.core.replay;

import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * What a frame holds of the range that is replayed.
 *
 * @param executed outcomes, of commands in frames before; those that lie in the range
 * @param firstOffset of the first element of {@code entries}
 * @param timestampMicros of {@code entries}, since the epoch
 * @param entries whose outcomes a later frame tells; those that lie in the range
 * @param end behind this frame
 * @param size in bytes, of the whole frame
 */
public record ReplayedFrame(
        List<ExecutedBatch> executed,
        long firstOffset,
        long timestampMicros,
        List<LogEntry> entries,
        LogPosition end,
        int size) {
    public ReplayedFrame {
        executed = List.copyOf(executed);
        entries = List.copyOf(entries);
    }

    static ReplayedFrame of(LogFrame frame, LogPosition end, int size, LogPoint from, LogPoint to) {
        List<ExecutedBatch> executed = new ArrayList<>(frame.executed().size());
        for (ExecutedBatch batch : frame.executed()) {
            Cut cut = Cut.of(batch.firstOffset(), batch.outcomes().size(), batch.timestampMicros(), from, to);
            if (cut.first < cut.end) {
                executed.add(new ExecutedBatch(
                        batch.firstOffset() + cut.first,
                        batch.timestampMicros(),
                        batch.outcomes().subList(cut.first, cut.end)));
            }
        }
        long micros = frame.header().timestampMicros();
        Cut cut = Cut.of(frame.header().firstOffset(), frame.entries().size(), micros, from, to);
        return new ReplayedFrame(
                executed,
                frame.header().firstOffset() + cut.first,
                micros,
                frame.entries().subList(cut.first, cut.end),
                end,
                size);
    }

    boolean isEmpty() {
        return executed.isEmpty() && entries.isEmpty();
    }

    /** The indexes of commands that lie in a range, of some with neighbouring offsets and one time. */
    private record Cut(int first, int end) {
        static Cut of(long firstOffset, int count, long micros, LogPoint from, LogPoint to) {
            int first = before(from, firstOffset, count, micros);
            return new Cut(first, Math.max(first, before(to, firstOffset, count, micros)));
        }

        private static int before(LogPoint point, long firstOffset, int count, long micros) {
            if (micros >= point.micros()) {
                return 0;
            }
            return Math.clamp(point.offset() - firstOffset, 0, count);
        }
    }
}
