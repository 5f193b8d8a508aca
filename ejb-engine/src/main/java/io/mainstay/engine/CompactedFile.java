package io.mainstay.engine;

import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.replay.ArchiveDamagedException;
import io.mainstay.core.replay.CompactedCommand;
import io.mainstay.core.replay.CompactedRange;
import io.mainstay.core.replay.Compaction;
import io.mainstay.core.replay.OpenEntry;
import io.mainstay.core.wire.Digests;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What compaction has left of the segments up to one of them.
 *
 * <p>Layout, little-endian. Header: magic (int), format version, format of the log's frames (shorts), shard (int), the position behind the
 * last frame that was replaced, time of the first and the last frame, commands left (longs), open entries (int),
 * SHA-256 of all block contents, CRC32C (int). Then an {@link ArchiveBlock} each of up to about a megabyte of commands
 * left, ended by an empty one, and one of the open entries.
 */
final class CompactedFile {
    private static final int MAGIC = 0x4343534D; // "MSCC", little-endian
    private static final int FORMAT_VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int HEADER_BYTES =
            4 * Integer.BYTES + StoredPosition.BYTES + 3 * Long.BYTES + HASH_BYTES + Integer.BYTES;
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path file;
    private final CompactedRange range;
    private final int frameFormat;
    private final int openCount;

    private CompactedFile(Path file, CompactedRange range, int frameFormat, int openCount) {
        this.frameFormat = frameFormat;
        this.file = file;
        this.range = range;
        this.openCount = openCount;
    }

    /** Writes the file; it is part of the archive, and survives a crash, when the call returns. */
    static void write(Path file, int shard, LogPosition end, long firstMicros, long lastMicros, Compaction compaction)
            throws IOException {
        FileChannel channel = DurableFile.open(file);
        try {
            DurableFile.write(channel, ByteBuffer.allocate(HEADER_BYTES));
            MessageDigest digest = Digests.sha256();
            WireWriter block = new WireWriter(2 * BLOCK_BYTES);
            long entryCount = 0;
            for (CompactedCommand command : compaction.latest()) {
                command.write(block);
                entryCount++;
                if (block.size() >= BLOCK_BYTES) {
                    writeBlock(channel, digest, block);
                }
            }
            if (block.size() > 0) {
                writeBlock(channel, digest, block);
            }
            writeBlock(channel, digest, block);
            compaction.open().forEach(command -> command.write(block));
            writeBlock(channel, digest, block);
            CompactedRange range = new CompactedRange(end, firstMicros, lastMicros, entryCount, digest.digest());
            channel.position(0);
            DurableFile.write(
                    channel,
                    ByteBuffer.wrap(header(shard, range, compaction.open().size())));
            DurableFile.finish(file, channel);
        } catch (IOException | RuntimeException e) {
            DurableFile.discard(file, channel);
            throw e;
        }
    }

    /** Reads the header; {@link ArchiveDamagedException} if it is not what was written. */
    static CompactedFile open(Path file, int shard) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            byte[] bytes = in.readNBytes(HEADER_BYTES);
            int checked = HEADER_BYTES - Integer.BYTES;
            if (bytes.length < HEADER_BYTES
                    || new WireReader(bytes, checked, HEADER_BYTES).readInt() != ArchiveBlock.crc(bytes, 0, checked)) {
                throw new ArchiveDamagedException(file.toString(), "its header fails its checksum");
            }
            WireReader header = new WireReader(bytes);
            if (header.readInt() != MAGIC || header.readUnsignedShort() != FORMAT_VERSION) {
                throw new ArchiveDamagedException(
                        file.toString(), "it is no compacted range of format " + FORMAT_VERSION);
            }
            int frameFormat = header.readUnsignedShort();
            if (header.readInt() != shard || frameFormat > FrameHeader.FORMAT_VERSION) {
                throw new ArchiveDamagedException(
                        file.toString(),
                        "it is no compacted range of shard %d with frames up to format %d"
                                .formatted(shard, FrameHeader.FORMAT_VERSION));
            }
            LogPosition end = StoredPosition.read(header);
            long firstMicros = header.readLong();
            long lastMicros = header.readLong();
            long entryCount = header.readLong();
            int openCount = header.readInt();
            return new CompactedFile(
                    file,
                    new CompactedRange(end, firstMicros, lastMicros, entryCount, header.readRaw(HASH_BYTES)),
                    frameFormat,
                    openCount);
        }
    }

    Path file() {
        return file;
    }

    CompactedRange range() {
        return range;
    }

    /** Hands over all that is left; {@link ArchiveDamagedException}, at the end, if it is not what was written. */
    void read(Consumer<CompactedCommand> left, Consumer<OpenEntry> open) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            in.skipNBytes(HEADER_BYTES);
            MessageDigest digest = Digests.sha256();
            long entryCount = 0;
            for (byte[] block = block(in, digest); block.length > 0; block = block(in, digest)) {
                WireReader commands = new WireReader(block);
                while (commands.remaining() > 0) {
                    left.accept(CompactedCommand.read(commands, frameFormat));
                    entryCount++;
                }
            }
            WireReader commands = new WireReader(block(in, digest));
            int openLeft = openCount;
            while (commands.remaining() > 0) {
                open.accept(OpenEntry.read(commands, frameFormat));
                openLeft--;
            }
            if (entryCount != range.entryCount()
                    || openLeft != 0
                    || in.read() >= 0
                    || !Arrays.equals(digest.digest(), range.digest())) {
                throw new ArchiveDamagedException(file.toString(), "its content does not fit its digest");
            }
        } catch (WireException damage) {
            throw new ArchiveDamagedException(file.toString(), String.valueOf(damage.getMessage()));
        }
    }

    private byte[] block(DataInputStream in, MessageDigest digest) throws IOException {
        byte[] block = ArchiveBlock.read(in, file, HEADER_BYTES);
        digest.update(block);
        return block;
    }

    private static void writeBlock(FileChannel channel, MessageDigest digest, WireWriter block) throws IOException {
        byte[] raw = block.toByteArray();
        digest.update(raw);
        ArchiveBlock.write(channel, raw);
        block.clear();
    }

    private static byte[] header(int shard, CompactedRange range, int openCount) {
        WireWriter out = new WireWriter(HEADER_BYTES);
        out.writeInt(MAGIC);
        out.writeShort(FORMAT_VERSION);
        out.writeShort(FrameHeader.FORMAT_VERSION);
        out.writeInt(shard);
        StoredPosition.write(range.end(), out);
        out.writeLong(range.firstMicros());
        out.writeLong(range.lastMicros());
        out.writeLong(range.entryCount());
        out.writeInt(openCount);
        out.writeRaw(range.digest(), 0, HASH_BYTES);
        out.writeInt(ArchiveBlock.crc(out.array(), 0, out.size()));
        return out.toByteArray();
    }
}
