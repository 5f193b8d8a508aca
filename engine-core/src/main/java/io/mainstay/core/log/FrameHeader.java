package io.mainstay.core.log;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands at the start of every log frame.
 *
 * @param flags reserved: compressed, encrypted
 * @param epoch counts the owners that the shard's log has had; the first is 1
 * @param sequence position of the frame in the shard's log, from 0
 * @param firstOffset offset of the first command of this frame, or of the next one if the frame has none
 * @param count commands in this frame
 * @param timestampMicros time of this frame's commands, since the epoch; never goes back
 * @param domainVersions schema version of each domain, by its number
 * @param previousHash SHA-256 of the whole frame before; zeros for the first
 */
public record FrameHeader(
        int flags,
        int shard,
        int epoch,
        long sequence,
        long firstOffset,
        int count,
        long timestampMicros,
        Map<Integer, Integer> domainVersions,
        byte[] previousHash) {
    public static final int FORMAT_VERSION = 1;
    static final int HASH_BYTES = 32;
    private static final int MAGIC = 0x4C54534D; // "MSTL", little-endian

    void write(WireWriter out) {
        out.writeInt(MAGIC);
        out.writeShort(FORMAT_VERSION);
        out.writeShort(flags);
        out.writeInt(shard);
        out.writeInt(epoch);
        out.writeLong(sequence);
        out.writeLong(firstOffset);
        out.writeInt(count);
        out.writeLong(timestampMicros);
        out.writeByte(domainVersions.size());
        domainVersions.forEach((id, version) -> {
            out.writeByte(id);
            out.writeShort(version);
        });
        out.writeRaw(previousHash, 0, HASH_BYTES);
    }

    /** Reads the header at the start of a frame; {@link WireException} if it is none. Checks no checksum. */
    public static FrameHeader read(WireReader in) {
        if (in.readInt() != MAGIC) {
            throw new WireException("not a log frame: wrong magic number");
        }
        int format = in.readUnsignedShort();
        if (format != FORMAT_VERSION) {
            throw new WireException("log frame of format " + format + "; this version reads " + FORMAT_VERSION);
        }
        int flags = in.readUnsignedShort();
        if (flags != 0) {
            throw new WireException("log frame with unknown flags " + flags);
        }
        int shard = in.readInt();
        int epoch = in.readInt();
        long sequence = in.readLong();
        long firstOffset = in.readLong();
        int count = in.readInt();
        long timestampMicros = in.readLong();
        Map<Integer, Integer> versions = new TreeMap<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            int id = in.readUnsignedByte();
            versions.put(id, in.readUnsignedShort());
        }
        byte[] previousHash = in.readRaw(HASH_BYTES);
        return new FrameHeader(
                flags, shard, epoch, sequence, firstOffset, count, timestampMicros, versions, previousHash);
    }

    /** The offset after this frame's commands. */
    public long nextOffset() {
        return firstOffset + count;
    }
}
