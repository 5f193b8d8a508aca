package io.mainstay.core.shard;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.table.ByteRing;
import io.mainstay.core.table.IdRing;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a shard remembers by their idempotency key, with the answers they got.
 *
 * <p>Part of the shard's state: it changes only with executed batches, so a replay remembers and forgets the same.
 *
 * <p>Hot: one look-up and one row per command. Rows are primitive columns beside a ring of keys, outcomes lie encoded in a
 * ring of bytes. Objects for each key would be most of the garbage collector's work.
 */
final class IdempotencyStore {
    private static final int CHUNK_BYTES = 512 * 1024;

    private final int keysMax;
    private final long ageMicrosMax;

    private final IdRing keys = new IdRing();
    private long[] requestHash = new long[keys.rows()];
    private long[] offset = new long[keys.rows()];
    private long[] timestampMicros = new long[keys.rows()];
    private long[] outcome = new long[keys.rows()];
    private int[] outcomeBytes = new int[keys.rows()];
    private final ByteRing outcomes = new ByteRing();
    private final WireWriter scratch = new WireWriter(256);
    /** Commands, by their offsets, that began a saga which was undone: their answer is this. */
    private final TreeMap<Long, Rejection> undone = new TreeMap<>();

    IdempotencyStore(ShardConfig config) {
        this.keysMax = config.keys().countMax();
        this.ageMicrosMax = config.keys().ageMicrosMax();
    }

    /** Brings near what {@link #find} will read; see {@link IdRing#touch}. */
    long touch(UUID key) {
        return keys.touch(key.getMostSignificantBits(), key.getLeastSignificantBits());
    }

    @Nullable
    Remembered find(UUID key) {
        long position = keys.find(key);
        if (position == IdRing.NONE) {
            return null;
        }
        int row = keys.row(position);
        return new Remembered(requestHash[row], offset[row], timestampMicros[row], outcome(row));
    }

    private LoggedOutcome outcome(int row) {
        int from = outcomes.offset(outcome[row]);
        WireReader logged = new WireReader(outcomes.array(outcome[row]), from, from + outcomeBytes[row]);
        LoggedOutcome first = LoggedOutcome.read(logged, FrameHeader.FORMAT_VERSION);
        Rejection refusal = undone.isEmpty() ? null : undone.get(offset[row]);
        return refusal != null && first instanceof LoggedOutcome.Accepted accepted
                ? new LoggedOutcome.Rejected(accepted.version(), refusal)
                : first;
    }

    /** The command at that offset, if it is still remembered, has been undone in the end. */
    void undo(long commandOffset, Rejection refusal) {
        if (keys.size() > 0 && commandOffset >= offset[keys.row(keys.oldest())]) {
            undone.put(commandOffset, refusal);
        }
    }

    /** Remembers a key that is new, with its outcome as an object. */
    void add(UUID key, long hash, long commandOffset, long micros, LoggedOutcome logged) {
        scratch.clear();
        logged.write(scratch);
        add(key, hash, commandOffset, micros, scratch.array(), 0, scratch.size());
    }

    /** Remembers a key that is new, with its outcome as it stands in the log. */
    void add(UUID key, long hash, long commandOffset, long micros, byte[] logged, int from, int count) {
        int row = keys.row(keys.add(key));
        if (keys.rows() > requestHash.length) {
            grow();
        }
        requestHash[row] = hash;
        offset[row] = commandOffset;
        timestampMicros[row] = micros;
        outcome[row] = outcomes.add(logged, from, count);
        outcomeBytes[row] = count;
    }

    /** Forgets what is too old or too much, after a batch of this time. */
    void retain(long nowMicros) {
        while (keys.size() > 0) {
            int row = keys.row(keys.oldest());
            if (keys.size() <= keysMax && nowMicros - timestampMicros[row] <= ageMicrosMax) {
                outcomes.removeBefore(outcome[row]);
                return;
            }
            if (!undone.isEmpty()) {
                undone.headMap(offset[row], true).clear();
            }
            keys.removeOldest();
        }
    }

    /** Writes all that is remembered, oldest first. */
    void encode(WireWriter out, Runnable chunkEnd) {
        for (long position = keys.oldest(); position < keys.next(); position++) {
            int row = keys.row(position);
            out.writeUuid(keys.id(position));
            out.writeLong(requestHash[row]);
            out.writeLong(offset[row]);
            out.writeLong(timestampMicros[row]);
            if (undone.containsKey(offset[row])) {
                outcome(row).write(out);
            } else {
                out.writeRaw(outcomes.array(outcome[row]), outcomes.offset(outcome[row]), outcomeBytes[row]);
            }
            if (out.size() >= CHUNK_BYTES) {
                chunkEnd.run();
            }
        }
        chunkEnd.run();
    }

    /** Reads a chunk of a snapshot. */
    void decode(WireReader chunk, SnapshotVersions versions) {
        while (chunk.remaining() > 0) {
            UUID key = chunk.readUuid();
            add(
                    key,
                    versions.upcastHash(chunk.readLong()),
                    chunk.readLong(),
                    chunk.readLong(),
                    versions.upcast(LoggedOutcome.read(chunk, versions.format())));
        }
    }

    private void grow() {
        int rows = requestHash.length;
        requestHash = IdRing.twice(requestHash, new long[keys.rows()], rows);
        offset = IdRing.twice(offset, new long[keys.rows()], rows);
        timestampMicros = IdRing.twice(timestampMicros, new long[keys.rows()], rows);
        outcome = IdRing.twice(outcome, new long[keys.rows()], rows);
        outcomeBytes = IdRing.twice(outcomeBytes, new int[keys.rows()], rows);
    }

    /**
     * A command and its answer.
     *
     * @param requestHash of what was asked for
     * @param outcome accepted or rejected
     */
    record Remembered(long requestHash, long offset, long timestampMicros, LoggedOutcome outcome) {}
}
