package io.mainstay.core.snapshot;

import io.mainstay.core.wire.WireWriter;

/**
 * Writes a state's rows, kind by kind, into chunks of a snapshot: the kind as a byte, then its rows. Ends a chunk when it is
 * large enough, and begins another of its kind.
 */
public final class RowChunks {
    /** A chunk that has as much is ended. */
    private static final int BYTES_MAX = 512 * 1024;

    private final WireWriter out;
    private final Runnable chunkEnd;
    private int kind;
    private boolean hasRows;

    /** {@code chunkEnd} takes what was written as a chunk. */
    public RowChunks(WireWriter out, Runnable chunkEnd) {
        this.out = out;
        this.chunkEnd = chunkEnd;
    }

    /** Begins the rows of a kind, 0 to 255. */
    public void begin(int kindOfRows) {
        kind = kindOfRows;
        hasRows = false;
        out.writeByte(kind);
    }

    /** A row was written. */
    public void next() {
        hasRows = true;
        if (out.size() >= BYTES_MAX) {
            chunkEnd.run();
            begin(kind);
        }
    }

    /** A kind without rows leaves no chunk. */
    public void end() {
        if (hasRows) {
            chunkEnd.run();
        } else {
            out.truncate(out.size() - 1);
        }
    }
}
