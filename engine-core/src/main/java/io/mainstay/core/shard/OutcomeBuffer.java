package io.mainstay.core.shard;

import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;

/**
 * Outcomes of executed batches, encoded, that wait for a frame to carry them into the log.
 *
 * <p>Hot: outcomes are written where they stay until a frame copies them.
 */
final class OutcomeBuffer {
    /** So many bytes that frames have copied are worth moving the rest to the front. */
    private static final int COMPACT_BYTES = 1 << 20;

    private final WireWriter out = new WireWriter(64 * 1024);
    private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
    private long nextOffset;

    /** Positions count all bytes ever written; this is the one of the buffer's first byte. */
    private long base;

    private long takenFrom;
    private long takenTo;

    /** An executed batch: the position where it ends, and the offset after its entries. */
    private record Piece(long end, long nextOffset) {}

    /** Begins a batch; its outcomes are written to {@link #out}. */
    void begin(long firstOffset, int count, long timestampMicros) {
        FrameWriter.writeExecuted(out, firstOffset, count, timestampMicros);
        nextOffset = firstOffset + count;
    }

    WireWriter out() {
        return out;
    }

    void end() {
        waiting.add(new Piece(base + out.size(), nextOffset));
    }

    /** True if nothing waits of the entries below an offset. */
    boolean isEmpty(long durableBefore) {
        Piece next = waiting.peek();
        return next == null || next.nextOffset() > durableBefore;
    }

    /**
     * Takes batches whose entries are durable, oldest first, up to so many bytes but at least one if there is any. Their
     * bytes are those of {@link #out} from {@link #from} to {@link #to}, until {@link #release}.
     *
     * @return batches taken
     */
    int take(int bytesMax, long durableBefore) {
        takenFrom = takenTo;
        int count = 0;
        while (!isEmpty(durableBefore) && (count == 0 || waiting.element().end() - takenFrom <= bytesMax)) {
            takenTo = waiting.remove().end();
            count++;
        }
        return count;
    }

    int from() {
        return (int) (takenFrom - base);
    }

    int to() {
        return (int) (takenTo - base);
    }

    /** Lets go of what was taken. */
    void release() {
        takenFrom = takenTo;
        if (to() == out.size() || to() > COMPACT_BYTES) {
            out.discard(to());
            base = takenTo;
        }
    }
}
