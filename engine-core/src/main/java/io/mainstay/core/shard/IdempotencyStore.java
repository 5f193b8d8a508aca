package io.mainstay.core.shard;

import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.table.IdTable;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a shard remembers by their idempotency key, with the answers they got.
 *
 * <p>Part of the shard's state: it changes only with executed batches, so a replay remembers and forgets the same.
 *
 * <p>Hot: two look-ups and one row per command. Rows are primitive columns in a ring, oldest first; outcomes lie encoded in
 * pieces that go with the last row that points into them. Objects for each key would be most of the garbage collector's
 * work.
 */
final class IdempotencyStore {
    private static final int CHUNK_BYTES = 512 * 1024;
    private static final int PIECE_BYTES = 64 * 1024;
    private static final int OUTCOME_BYTES_USUAL = 512;
    private static final int ROWS_MIN = 1024;
    private static final byte[] NOTHING = {};

    private final int keysMax;
    private final long ageMicrosMax;
    private final int shard;
    private final KnownIds directory;

    /** By key: the lowest bits of the position of its row. */
    private final IdTable positions = new IdTable();

    private long oldest;
    private long next;
    private long[] keyHigh = new long[ROWS_MIN];
    private long[] keyLow = new long[ROWS_MIN];
    private long[] requestHash = new long[ROWS_MIN];
    private long[] offset = new long[ROWS_MIN];
    private long[] timestampMicros = new long[ROWS_MIN];
    private byte[][] outcomePiece = new byte[ROWS_MIN][];
    private int[] outcomeFrom = new int[ROWS_MIN];
    private int[] outcomeBytes = new int[ROWS_MIN];
    private WireWriter piece = new WireWriter(PIECE_BYTES);

    IdempotencyStore(ShardConfig config, int shard, KnownIds directory) {
        this.keysMax = config.keysMax();
        this.ageMicrosMax = config.keyAgeMicrosMax();
        this.shard = shard;
        this.directory = directory;
    }

    @Nullable
    Remembered find(UUID key) {
        int position = positions.get(key);
        if (position == IdTable.NONE) {
            return null;
        }
        int row = row(position);
        WireReader outcome = new WireReader(outcomePiece[row], outcomeFrom[row], outcomeFrom[row] + outcomeBytes[row]);
        return new Remembered(requestHash[row], offset[row], timestampMicros[row], LoggedOutcome.read(outcome));
    }

    /** Remembers a key, in place of what was remembered by it. */
    void remember(UUID key, Remembered remembered) {
        int known = positions.get(key);
        if (known != IdTable.NONE) {
            set(row(known), remembered);
            return;
        }
        if (next - oldest == keyHigh.length) {
            grow();
        }
        int row = row(next);
        keyHigh[row] = key.getMostSignificantBits();
        keyLow[row] = key.getLeastSignificantBits();
        set(row, remembered);
        positions.put(key, (int) next & Integer.MAX_VALUE);
        next++;
        directory.know(key, shard);
    }

    /** Forgets what is too old or too much, after a batch of this time. */
    void retain(long nowMicros) {
        for (; oldest < next; oldest++) {
            int row = row(oldest);
            if (next - oldest <= keysMax && nowMicros - timestampMicros[row] <= ageMicrosMax) {
                return;
            }
            positions.remove(keyHigh[row], keyLow[row]);
            outcomePiece[row] = NOTHING;
            directory.forget(new UUID(keyHigh[row], keyLow[row]));
        }
    }

    /** Writes all that is remembered, oldest first. */
    void encode(WireWriter out, Runnable chunkEnd) {
        for (long position = oldest; position < next; position++) {
            int row = row(position);
            out.writeLong(keyHigh[row]);
            out.writeLong(keyLow[row]);
            out.writeLong(requestHash[row]);
            out.writeLong(offset[row]);
            out.writeLong(timestampMicros[row]);
            out.writeRaw(outcomePiece[row], outcomeFrom[row], outcomeBytes[row]);
            if (out.size() >= CHUNK_BYTES) {
                chunkEnd.run();
            }
        }
        chunkEnd.run();
    }

    void decode(WireReader chunk) {
        while (chunk.remaining() > 0) {
            UUID key = chunk.readUuid();
            remember(
                    key,
                    new Remembered(chunk.readLong(), chunk.readLong(), chunk.readLong(), LoggedOutcome.read(chunk)));
        }
    }

    private int row(long position) {
        return (int) position & (keyHigh.length - 1);
    }

    private void set(int row, Remembered remembered) {
        requestHash[row] = remembered.requestHash();
        offset[row] = remembered.offset();
        timestampMicros[row] = remembered.timestampMicros();
        if (piece.size() > PIECE_BYTES - OUTCOME_BYTES_USUAL) {
            piece = new WireWriter(PIECE_BYTES);
        }
        int from = piece.size();
        remembered.outcome().write(piece);
        outcomePiece[row] = piece.array();
        outcomeFrom[row] = from;
        outcomeBytes[row] = piece.size() - from;
    }

    /** Doubles the ring. What it held then stands in both halves, so each position leads to its row in either. */
    private void grow() {
        int rows = keyHigh.length;
        int more = Math.multiplyExact(rows, 2);
        keyHigh = twice(keyHigh, new long[more], rows);
        keyLow = twice(keyLow, new long[more], rows);
        requestHash = twice(requestHash, new long[more], rows);
        offset = twice(offset, new long[more], rows);
        timestampMicros = twice(timestampMicros, new long[more], rows);
        outcomePiece = twice(outcomePiece, new byte[more][], rows);
        outcomeFrom = twice(outcomeFrom, new int[more], rows);
        outcomeBytes = twice(outcomeBytes, new int[more], rows);
    }

    private static <A> A twice(A column, A larger, int rows) {
        System.arraycopy(column, 0, larger, 0, rows);
        System.arraycopy(column, 0, larger, rows, rows);
        return larger;
    }

    /**
     * A command and its answer.
     *
     * @param requestHash of what was asked for
     * @param outcome accepted or rejected
     */
    record Remembered(long requestHash, long offset, long timestampMicros, LoggedOutcome outcome) {}
}
