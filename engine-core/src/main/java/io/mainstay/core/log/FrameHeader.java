package io.mainstay.core.log;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands at the start of every log frame.
 *
 * @param format of the frame
 * @param flags bit 0: the payload is compressed with zstd; bits 4 to 7: number of the serializer that wrote it, 0 for
 *     binary; format 1 has none
 * @param epoch counts the owners that the shard's log has had; the first is 1
 * @param sequence position of the frame in the shard's log, from 0
 * @param firstOffset offset of the first entry of this frame, or of the next one if the frame has none
 * @param count entries in this frame
 * @param timestampMicros time of this frame's entries, since the epoch; never goes back
 * @param answeredBefore entries below this offset may have been answered when the frame was written; format 1 does not
 *     tell and says 0
 * @param domainVersions schema version of each domain, by its number
 * @param previousHash SHA-256 of the whole frame before; zeros for the first
 */
public record FrameHeader(
        int format,
        int flags,
        int shard,
        int epoch,
        long sequence,
        long firstOffset,
        int count,
        long timestampMicros,
        long answeredBefore,
        Map<Integer, Integer> domainVersions,
        byte[] previousHash) {
    /** What this version writes. */
    public static final int FORMAT_VERSION = 2;

    /** What this version still reads. */
    public static final int FORMAT_VERSION_MIN = 1;

    static final int COMPRESSED = 1;
    private static final int SERIALIZER_SHIFT = 4;
    private static final int SERIALIZER = 0xF << SERIALIZER_SHIFT;
    static final int HASH_BYTES = 32;
    private static final int MAGIC = 0x4C54534D; // "MSTL", little-endian

    /** The header of a frame in the format that this version writes. */
    public FrameHeader(
            int shard,
            int epoch,
            long sequence,
            long firstOffset,
            int count,
            long timestampMicros,
            long answeredBefore,
            Map<Integer, Integer> domainVersions,
            byte[] previousHash) {
        this(
                FORMAT_VERSION,
                0,
                shard,
                epoch,
                sequence,
                firstOffset,
                count,
                timestampMicros,
                answeredBefore,
                domainVersions,
                previousHash);
    }

    static int flags(boolean compressed, int serializer) {
        return (compressed ? COMPRESSED : 0) | serializer << SERIALIZER_SHIFT;
    }

    /** True if the payload is compressed. */
    public boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }

    /** Number of the serializer that wrote the payload; 0 for binary. */
    public int serializer() {
        return (flags & SERIALIZER) >>> SERIALIZER_SHIFT;
    }

    void write(WireWriter out, int frameFlags) {
        out.writeInt(MAGIC);
        out.writeShort(format);
        out.writeShort(frameFlags);
        out.writeInt(shard);
        out.writeInt(epoch);
        out.writeLong(sequence);
        out.writeLong(firstOffset);
        out.writeInt(count);
        out.writeLong(timestampMicros);
        if (format >= 2) {
            out.writeLong(answeredBefore);
        }
        out.writeByte(domainVersions.size());
        domainVersions.forEach((id, version) -> {
            out.writeByte(id);
            out.writeShort(version);
        });
        out.writeRaw(previousHash, 0, HASH_BYTES);
    }

    /** Reads a header; {@link WireException} if this version does not know its format. */
    public static FrameHeader read(WireReader in) {
        if (in.readInt() != MAGIC) {
            throw new WireException("not a log frame: wrong magic number");
        }
        int format = in.readUnsignedShort();
        if (format < FORMAT_VERSION_MIN || format > FORMAT_VERSION) {
            throw new WireException("log frame of format " + format + "; this version reads " + FORMAT_VERSION_MIN
                    + " to " + FORMAT_VERSION);
        }
        int flags = in.readUnsignedShort();
        int unknown = flags & ~(format == 1 ? 0 : COMPRESSED | SERIALIZER);
        if (unknown != 0) {
            throw new WireException("log frame of format %d with unknown flags %#x".formatted(format, unknown));
        }
        int shard = in.readInt();
        int epoch = in.readInt();
        long sequence = in.readLong();
        long firstOffset = in.readLong();
        int count = in.readInt();
        long timestampMicros = in.readLong();
        long answeredBefore = format >= 2 ? in.readLong() : 0;
        Map<Integer, Integer> versions = new TreeMap<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            int id = in.readUnsignedByte();
            versions.put(id, in.readUnsignedShort());
        }
        byte[] previousHash = in.readRaw(HASH_BYTES);
        return new FrameHeader(
                format,
                flags,
                shard,
                epoch,
                sequence,
                firstOffset,
                count,
                timestampMicros,
                answeredBefore,
                versions,
                previousHash);
    }

    /** The offset after this frame's entries. */
    public long nextOffset() {
        return firstOffset + count;
    }
}
