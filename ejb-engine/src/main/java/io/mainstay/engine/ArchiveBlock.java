package io.mainstay.engine;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.mainstay.core.replay.ArchiveDamagedException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Bytes in an archive file, compressed with zstd.
 *
 * <p>Layout, little-endian: raw size, stored size (ints), stored bytes, CRC32C (int) of all before it.
 */
final class ArchiveBlock {
    static final int RAW_BYTES_MAX = 64 << 20;
    private static final int COMPRESSION_LEVEL = 3;
    private static final int SIZES_BYTES = 2 * Integer.BYTES;

    private ArchiveBlock() {}

    /** Appends a block; returns its size in the file. */
    static int write(FileChannel channel, byte[] raw) throws IOException {
        byte[] stored = Zstd.compress(raw, COMPRESSION_LEVEL);
        WireWriter out = new WireWriter(SIZES_BYTES + stored.length + Integer.BYTES);
        out.writeInt(raw.length);
        out.writeInt(stored.length);
        out.writeRaw(stored, 0, stored.length);
        out.writeInt(crc(out.array(), 0, out.size()));
        DurableFile.write(channel, ByteBuffer.wrap(out.array(), 0, out.size()));
        return out.size();
    }

    /** Reads the block that comes next; {@link ArchiveDamagedException} if it is not what was written. */
    static byte[] read(DataInputStream in, Path file, long position) throws IOException {
        String place = file + " at byte " + position;
        byte[] head = in.readNBytes(SIZES_BYTES);
        if (head.length < SIZES_BYTES) {
            throw new ArchiveDamagedException(place, "the file ends in the middle of a frame");
        }
        WireReader sizes = new WireReader(head);
        int rawSize = sizes.readInt();
        int storedSize = sizes.readInt();
        if (rawSize < 0 || rawSize > RAW_BYTES_MAX || storedSize < 0 || storedSize > RAW_BYTES_MAX) {
            throw new ArchiveDamagedException(place, "a frame of " + rawSize + " bytes stored in " + storedSize);
        }
        byte[] stored = in.readNBytes(storedSize);
        byte[] tail = in.readNBytes(Integer.BYTES);
        if (stored.length < storedSize || tail.length < Integer.BYTES) {
            throw new ArchiveDamagedException(place, "the file ends in the middle of a frame");
        }
        CRC32C crc = new CRC32C();
        crc.update(head, 0, head.length);
        crc.update(stored, 0, stored.length);
        if ((int) crc.getValue() != new WireReader(tail).readInt()) {
            throw new ArchiveDamagedException(place, "a frame fails its checksum");
        }
        try {
            byte[] raw = Zstd.decompress(stored, rawSize);
            if (raw.length == rawSize) {
                return raw;
            }
        } catch (ZstdException e) {
            throw new ArchiveDamagedException(place, "a frame cannot be expanded: " + e.getMessage());
        }
        throw new ArchiveDamagedException(place, "a frame has another size than it states");
    }

    static int crc(byte[] bytes, int from, int size) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, size);
        return (int) crc.getValue();
    }
}
