package io.mainstay.engine;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The frames of one shard that left the broker, in segment files, each frame compressed with zstd.
 *
 * <p>A segment is named by a number that only grows. Layout, big-endian: for each frame raw size, stored size, CRC32C of
 * the stored bytes (ints) and the bytes. A frame may stand in two segments after a crash; the chain of hashes tells. Not
 * for use by several threads.
 */
public final class FileLogArchive {
    private static final int FRAME_BYTES_MAX = 64 << 20;
    private static final int COMPRESSION_LEVEL = 3;
    private static final int HEADER_BYTES = 3 * Integer.BYTES;

    private final Path directory;

    FileLogArchive(Path directory) {
        this.directory = directory;
    }

    /** Opens a new segment behind all that are there. */
    Segment open() {
        try {
            Files.createDirectories(directory);
            long number =
                    segments().stream().mapToLong(FileLogArchive::number).max().orElse(-1) + 1;
            Path file = directory.resolve("segment-%012d.msa".formatted(number));
            return new Segment(
                    directory, file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failed("cannot open a segment in " + directory, e);
        }
    }

    /** Hands over every archived frame, oldest first. A torn end of a segment is cut; other damage throws FATAL. */
    void read(Consumer<byte[]> frames) {
        try {
            for (Path segment : segments()) {
                read(segment, frames);
            }
        } catch (IOException e) {
            throw failed("cannot read the archive in " + directory, e);
        }
    }

    private List<Path> segments() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".msa"))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path segment) {
        return Long.parseLong(segment.getFileName().toString().replaceAll("\\D", ""));
    }

    private static void read(Path segment, Consumer<byte[]> frames) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(segment), 1 << 16))) {
            while (true) {
                int rawSize;
                try {
                    rawSize = in.readInt();
                } catch (EOFException end) {
                    return;
                }
                int storedSize = in.readInt();
                int crc = in.readInt();
                if (rawSize < 0 || rawSize > FRAME_BYTES_MAX || storedSize < 0 || storedSize > FRAME_BYTES_MAX) {
                    throw damaged(segment, "a frame of " + rawSize + " bytes");
                }
                byte[] stored = in.readNBytes(storedSize);
                if (stored.length < storedSize) {
                    return;
                }
                if (crc(stored) != crc) {
                    throw damaged(segment, "a frame that fails its checksum");
                }
                try {
                    frames.accept(Zstd.decompress(stored, rawSize));
                } catch (ZstdException e) {
                    throw damaged(segment, "a frame that cannot be expanded: " + e.getMessage());
                }
            }
        } catch (EOFException torn) {
            return;
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    private static EngineException damaged(Path segment, String what) {
        return new EngineException(Severity.FATAL, "archive segment " + segment + " is damaged: it has " + what);
    }

    private static EngineException failed(String what, IOException cause) {
        return new EngineException(Severity.DEGRADED, what + ": " + cause, cause);
    }

    /** A segment that is being written. */
    static final class Segment implements AutoCloseable {
        private final Path directory;
        private final Path file;
        private final FileChannel channel;
        private long frames;

        Segment(Path directory, Path file, FileChannel channel) {
            this.directory = directory;
            this.file = file;
            this.channel = channel;
        }

        void append(byte[] frame) {
            byte[] stored = Zstd.compress(frame, COMPRESSION_LEVEL);
            ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + stored.length)
                    .putInt(frame.length)
                    .putInt(stored.length)
                    .putInt(crc(stored))
                    .put(stored)
                    .flip();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                frames++;
            } catch (IOException e) {
                throw failed("cannot write " + file, e);
            }
        }

        /** Returns when all that was appended survives a crash. */
        void sync() {
            try {
                channel.force(true);
                Directories.sync(directory);
            } catch (IOException e) {
                throw failed("cannot sync " + file, e);
            }
        }

        /** Closes the segment; one without frames is deleted. */
        @Override
        public void close() {
            try {
                channel.close();
                if (frames == 0) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw failed("cannot close " + file, e);
            }
        }
    }
}
