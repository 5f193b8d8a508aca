package io.mainstay.core.log;

import io.mainstay.core.wire.Digests;
import io.mainstay.core.wire.WireWriter;
import java.security.MessageDigest;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Builds the frames of one shard's log, each chained to the one before.
 *
 * <p>Hot: one call per batch, into a buffer that is reused; allocates the frame's hash.
 */
public final class FrameWriter {
    private final WireWriter out;
    private final CRC32C crc = new CRC32C();
    private final MessageDigest sha256 = Digests.sha256();
    private final @Nullable PayloadWriter payload;
    private byte[] previousHash;

    /** Continues a chain after the frame with this hash. */
    public FrameWriter(int initialBytes, byte[] previousHash) {
        this(initialBytes, previousHash, PayloadEncoding.PLAIN);
    }

    /** Continues a chain after the frame with this hash, with payloads in another encoding. */
    public FrameWriter(int initialBytes, byte[] previousHash, PayloadEncoding encoding) {
        this.out = new WireWriter(initialBytes);
        this.previousHash = previousHash.clone();
        this.payload = encoding.isPlain() ? null : new PayloadWriter(encoding);
    }

    /** The hash of the last frame written: what the next one has to state. */
    public byte[] previousHash() {
        return previousHash.clone();
    }

    /**
     * Writes a frame; {@link #bytes} and {@link #size} hold it until the next call.
     *
     * @param batches executed batches to carry, each written by {@link #writeExecuted}
     * @param executed holds them from {@code from} to {@code to}
     * @param entries written one after the other by {@link LogEntry#write}
     */
    public void write(FrameHeader header, int batches, byte[] executed, int from, int to, WireWriter entries) {
        out.clear();
        if (payload == null) {
            header.write(out, 0);
            int lengthPosition = out.size();
            out.writeInt(0);
            writePayload(batches, executed, from, to, entries, out);
            out.setInt(lengthPosition, out.size() - lengthPosition - Integer.BYTES);
        } else {
            writePayload(batches, executed, from, to, entries, payload.begin());
            payload.end(header, out);
        }
        crc.reset();
        crc.update(out.array(), 0, out.size());
        out.writeInt((int) crc.getValue());
        sha256.update(out.array(), 0, out.size());
        previousHash = sha256.digest();
    }

    private static void writePayload(
            int batches, byte[] executed, int from, int to, WireWriter entries, WireWriter into) {
        into.writeVarInt(batches);
        into.writeRaw(executed, from, to - from);
        into.writeRaw(entries.array(), 0, entries.size());
    }

    public byte[] bytes() {
        return out.array();
    }

    public int size() {
        return out.size();
    }

    /** Writes a frame that carries one executed batch, or none if {@code executed} is empty. */
    public void write(FrameHeader header, WireWriter executed, WireWriter entries) {
        write(header, executed.size() == 0 ? 0 : 1, executed.array(), 0, executed.size(), entries);
    }

    /** Writes what stands before a batch's outcomes; the outcomes follow, each by {@link LoggedOutcome#write}. */
    public static void writeExecuted(WireWriter out, long firstOffset, int count, long timestampMicros) {
        out.writeLong(firstOffset);
        out.writeVarInt(count);
        out.writeLong(timestampMicros);
    }
}
