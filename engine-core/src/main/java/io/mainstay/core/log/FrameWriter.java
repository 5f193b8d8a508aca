package io.mainstay.core.log;

import io.mainstay.core.wire.WireWriter;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Builds the frames of one shard's log, each chained to the one before.
 *
 * <p>Hot: one call per batch, into a buffer that is reused; allocates the frame's hash.
 */
public final class FrameWriter {
    private final WireWriter out;
    private final CRC32C crc = new CRC32C();
    private final MessageDigest sha256 = LogFrame.sha256();
    private byte[] previousHash;

    /** Continues a chain after the frame with this hash. */
    public FrameWriter(int initialBytes, byte[] previousHash) {
        this.out = new WireWriter(initialBytes);
        this.previousHash = previousHash.clone();
    }

    /** The hash of the last frame written: what the next one has to state. */
    public byte[] previousHash() {
        return previousHash.clone();
    }

    /**
     * Writes a frame; {@link #bytes} and {@link #size} hold it until the next call.
     *
     * @param executed the outcomes to carry, one element a batch, each written by {@link #writeExecuted}
     * @param commands the commands, written one after the other by {@link #writeCommand}
     */
    public void write(FrameHeader header, List<byte[]> executed, WireWriter commands) {
        out.clear();
        header.write(out);
        int lengthPosition = out.size();
        out.writeInt(0);
        out.writeVarInt(executed.size());
        for (byte[] batch : executed) {
            out.writeRaw(batch, 0, batch.length);
        }
        out.writeRaw(commands.array(), 0, commands.size());
        out.setInt(lengthPosition, out.size() - lengthPosition - Integer.BYTES);
        crc.reset();
        crc.update(out.array(), 0, out.size());
        out.writeInt((int) crc.getValue());
        sha256.update(out.array(), 0, out.size());
        previousHash = sha256.digest();
    }

    public byte[] bytes() {
        return out.array();
    }

    public int size() {
        return out.size();
    }

    public static void writeCommand(WireWriter out, LoggedCommand command) {
        out.writeUuid(command.key());
        out.writeByte(command.domainId());
        out.writeBytes(command.bytes());
    }

    /** Writes what stands before a batch's outcomes; the outcomes follow, each by {@link LoggedOutcome#write}. */
    public static void writeExecuted(WireWriter out, long firstOffset, int count, long timestampMicros) {
        out.writeLong(firstOffset);
        out.writeVarInt(count);
        out.writeLong(timestampMicros);
    }
}
