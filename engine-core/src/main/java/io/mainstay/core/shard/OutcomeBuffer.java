package io.mainstay.core.shard;

import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Outcomes of executed batches that wait for a frame to carry them into the log. */
final class OutcomeBuffer {
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final WireWriter batch = new WireWriter(64 * 1024);

    void begin(long firstOffset, int count, long timestampMicros) {
        batch.clear();
        FrameWriter.writeExecuted(batch, firstOffset, count, timestampMicros);
    }

    void add(LoggedOutcome outcome) {
        outcome.write(batch);
    }

    void end() {
        waiting.add(batch.toByteArray());
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes batches, oldest first, up to so many bytes but at least one if there is any. */
    List<byte[]> take(int bytesMax) {
        List<byte[]> taken = new ArrayList<>();
        int left = bytesMax;
        while (!waiting.isEmpty() && (taken.isEmpty() || waiting.element().length <= left)) {
            byte[] next = waiting.remove();
            left -= next.length;
            taken.add(next);
        }
        return taken;
    }
}
