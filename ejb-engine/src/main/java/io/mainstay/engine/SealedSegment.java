package io.mainstay.engine;

import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.replay.ArchiveDamagedException;
import io.mainstay.core.replay.FrameSink;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment of format 2: header, frames, index, trailer.
 *
 * <p>Layout, little-endian. Header: magic (int), format version, flags (shorts), shard (int), the position before the
 * first frame, CRC32C (int). Frames: an {@link ArchiveBlock} each. Index: an {@link Entry} a frame. Trailer: the position
 * behind the last frame, time of the first and the last frame, raw bytes of all frames, position of the index (longs),
 * frames, CRC32C of the index, CRC32C of the trailer (ints).
 */
final class SealedSegment implements Segment {
    static final int FORMAT_VERSION = 2;
    static final int HEADER_BYTES = 3 * Integer.BYTES + StoredPosition.BYTES + Integer.BYTES;
    private static final int MAGIC = 0x5341534D; // "MSAS", little-endian
    private static final int TRAILER_BYTES = StoredPosition.BYTES + 4 * Long.BYTES + 3 * Integer.BYTES;

    private final Path file;
    private final LogPosition begin;
    private final Trailer trailer;

    private SealedSegment(Path file, LogPosition begin, Trailer trailer) {
        this.file = file;
        this.begin = begin;
        this.trailer = trailer;
    }

    /** Reads header and trailer; {@link ArchiveDamagedException} if they are not what was written. */
    static SealedSegment open(Path file, int shard) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < HEADER_BYTES + TRAILER_BYTES) {
                throw new ArchiveDamagedException(file.toString(), "it is cut short to " + channel.size() + " bytes");
            }
            LogPosition begin = readHeader(file, shard, read(channel, 0, HEADER_BYTES));
            Trailer trailer = readTrailer(file, read(channel, channel.size() - TRAILER_BYTES, TRAILER_BYTES));
            if (trailer.indexAt < HEADER_BYTES
                    || trailer.indexAt + (long) trailer.count * Entry.BYTES + TRAILER_BYTES != channel.size()) {
                throw new ArchiveDamagedException(file.toString(), "its trailer does not fit its size");
            }
            return new SealedSegment(file, begin, trailer);
        }
    }

    static byte[] header(int shard, LogPosition begin) {
        WireWriter out = new WireWriter(HEADER_BYTES);
        out.writeInt(MAGIC);
        out.writeShort(FORMAT_VERSION);
        out.writeShort(0);
        out.writeInt(shard);
        StoredPosition.write(begin, out);
        out.writeInt(ArchiveBlock.crc(out.array(), 0, out.size()));
        return out.toByteArray();
    }

    /** Index and trailer. */
    static byte[] end(List<Entry> index, LogPosition end, long rawBytes, long indexAt) {
        WireWriter out = new WireWriter(index.size() * Entry.BYTES + TRAILER_BYTES);
        index.forEach(entry -> entry.write(out));
        int indexBytes = out.size();
        int indexCrc = ArchiveBlock.crc(out.array(), 0, indexBytes);
        StoredPosition.write(end, out);
        out.writeLong(index.isEmpty() ? Long.MIN_VALUE : index.get(0).micros);
        out.writeLong(index.stream().mapToLong(Entry::micros).max().orElse(Long.MIN_VALUE));
        out.writeLong(rawBytes);
        out.writeLong(indexAt);
        out.writeInt(index.size());
        out.writeInt(indexCrc);
        out.writeInt(ArchiveBlock.crc(out.array(), indexBytes, out.size() - indexBytes));
        return out.toByteArray();
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public LogPosition begin() {
        return begin;
    }

    @Override
    public LogPosition end() {
        return trailer.end;
    }

    @Override
    public long lastMicros() {
        return trailer.lastMicros;
    }

    @Override
    public LogPosition seek(LogPoint point) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Entry entry : index(channel)) {
                if (entry.isHistory && entry.reaches(point)) {
                    if (entry.sequence == begin.sequence()) {
                        return begin;
                    }
                    DataInputStream in = from(channel, entry.position);
                    FrameHeader header = FrameHeader.read(new WireReader(ArchiveBlock.read(in, file, entry.position)));
                    return new LogPosition(entry.sequence, entry.offset, header.epoch(), header.previousHash());
                }
            }
            return trailer.end;
        }
    }

    @Override
    public boolean read(long fromSequence, FrameSink frames) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            List<Entry> index = index(channel);
            int first = 0;
            while (first < index.size() && index.get(first).sequence < fromSequence) {
                first++;
            }
            if (first == index.size()) {
                return true;
            }
            DataInputStream in = from(channel, index.get(first).position);
            for (Entry entry : index.subList(first, index.size())) {
                byte[] frame = ArchiveBlock.read(in, file, entry.position);
                if (!frames.take(frame, file + " at byte " + entry.position)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static DataInputStream from(FileChannel channel, long position) throws IOException {
        channel.position(position);
        return new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    }

    private List<Entry> index(FileChannel channel) throws IOException {
        byte[] bytes = read(channel, trailer.indexAt, trailer.count * Entry.BYTES);
        if (ArchiveBlock.crc(bytes, 0, bytes.length) != trailer.indexCrc) {
            throw new ArchiveDamagedException(file.toString(), "its index fails its checksum");
        }
        WireReader in = new WireReader(bytes);
        List<Entry> index = new ArrayList<>(trailer.count);
        for (int left = trailer.count; left > 0; left--) {
            index.add(Entry.read(in));
        }
        return index;
    }

    private static LogPosition readHeader(Path file, int shard, byte[] bytes) {
        WireReader in = new WireReader(bytes);
        if (in.readInt() != MAGIC) {
            throw new ArchiveDamagedException(file.toString(), "it is no segment: wrong magic number");
        }
        int format = in.readUnsignedShort();
        int flags = in.readUnsignedShort();
        int written = in.readInt();
        LogPosition begin = StoredPosition.read(in);
        if (in.readInt() != ArchiveBlock.crc(bytes, 0, HEADER_BYTES - Integer.BYTES)) {
            throw new ArchiveDamagedException(file.toString(), "its header fails its checksum");
        }
        if (format != FORMAT_VERSION || flags != 0) {
            throw new ArchiveDamagedException(
                    file.toString(),
                    "it has format %d, flags %d; this version reads formats 1 and %d: read it with the version that wrote it"
                            .formatted(format, flags, FORMAT_VERSION));
        }
        if (written != shard) {
            throw new ArchiveDamagedException(
                    file.toString(),
                    "it is a segment of shard " + written + " where one of shard " + shard + " belongs");
        }
        return begin;
    }

    private static Trailer readTrailer(Path file, byte[] bytes) {
        WireReader in = new WireReader(bytes);
        Trailer trailer = Trailer.read(in);
        if (in.readInt() != ArchiveBlock.crc(bytes, 0, TRAILER_BYTES - Integer.BYTES)) {
            throw new ArchiveDamagedException(file.toString(), "its trailer is torn or fails its checksum");
        }
        return trailer;
    }

    private static byte[] read(FileChannel channel, long position, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file ends before byte " + (position + size));
            }
        }
        return bytes.array();
    }

    /**
     * Where a frame stands in the segment.
     *
     * @param offset of the frame's first command
     * @param count of its commands
     * @param micros time of the frame, since the epoch
     * @param position in bytes from the start of the file
     * @param isHistory false for a frame of a failed append or a former owner
     */
    record Entry(long sequence, long offset, int count, long micros, long position, boolean isHistory) {
        static final int BYTES = 4 * Long.BYTES + Integer.BYTES + 1;

        /** Whether the frame has a command that does not lie before the point, or a later frame must have it. */
        boolean reaches(LogPoint point) {
            return offset + count > point.offset() || micros >= point.micros();
        }

        void write(WireWriter out) {
            out.writeLong(sequence);
            out.writeLong(offset);
            out.writeInt(count);
            out.writeLong(micros);
            out.writeLong(position);
            out.writeByte(isHistory ? 1 : 0);
        }

        static Entry read(WireReader in) {
            return new Entry(
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong(),
                    in.readUnsignedByte() == 1);
        }
    }

    private record Trailer(
            LogPosition end, long firstMicros, long lastMicros, long rawBytes, long indexAt, int count, int indexCrc) {
        static Trailer read(WireReader in) {
            return new Trailer(
                    StoredPosition.read(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    in.readInt());
        }
    }
}
